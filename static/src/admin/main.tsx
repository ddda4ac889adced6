import { admin, common, people, problems } from '../../locales/en-US.json';
import { mount } from '../shared/mount';
import { App } from './App';
import './admin.css';

mount(<App />, { common, people, problems, admin }, { act: 'administer', place: null });
