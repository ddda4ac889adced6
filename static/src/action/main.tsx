import { mount } from '../shared/mount';
import { App } from './App';
import './action.css';

mount(<App />);
