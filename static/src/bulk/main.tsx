import { bulk, common, people, problems } from '../../locales/en-US.json';
import { mount } from '../shared/mount';
import { App } from './App';
import './bulk.css';

mount(<App />, { common, people, problems, bulk }, { act: 'bulk', place: 'anywhere' });
