import { mount } from '../shared/mount';
import { App } from './App';
import './admin.css';

mount(<App />);
