import { board, common, people, problems } from '../../locales/en-US.json';
import { mount } from '../shared/mount';
import { App } from './App';
import './board.css';
import './chart.css';

mount(<App />, { common, people, problems, board }, { act: 'board', place: 'project' });
