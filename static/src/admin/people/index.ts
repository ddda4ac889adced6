export { PeopleTab as default } from './PeopleTab';
