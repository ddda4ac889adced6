import { common, people, problems } from '../../locales/en-US.json';
import { mount } from '../shared/mount';
import { App } from './App';
import './confirm.css';

mount(<App />, { common, people, problems });
