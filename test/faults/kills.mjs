// `npm run kills`: kills the worker of a run 200 times, or as often as `-- --kills N` says, with 100 members a kill.
import { playMany } from '../support/playMany.mjs';

playMany({ tests: 'test/faults/kills', option: '--kills', variable: 'KILLS', usual: 200 });
