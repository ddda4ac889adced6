import { installGlobals } from '../../sandbox/forge/inProcess';

// Runs before a test file imports anything: @forge/api keeps the `fetch` that it finds when it is loaded.
installGlobals();
