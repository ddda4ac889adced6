// `npm run firings`: a rule that fires 1,000 times in a minute, or as often as `-- --firings N` says.
import { playMany } from '../support/playMany.mjs';

playMany({ tests: 'test/faults/firings', option: '--firings', variable: 'FIRINGS', usual: 1_000 });
