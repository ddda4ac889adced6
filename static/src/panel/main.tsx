import { common, panel, people, problems } from '../../locales/en-US.json';
import { mount } from '../shared/mount';
import { App } from './App';
import { openPanel } from './action';
import './panel.css';

// The language and the first answer are asked for side by side.
mount(<App opening={openPanel()} />, { common, people, problems, panel }, { act: null, place: 'issue' });
