import { common, panel, people, problems } from '../../locales/en-US.json';
import { mount } from '../shared/mount';
import { App } from './App';
import './panel.css';

mount(<App />, { common, people, problems, panel });
