// `npm run properties`: plays 10,000 random stories, or as many as `-- --runs N` says.
import { playMany } from '../support/playMany.mjs';

playMany({ tests: 'test/properties/properties', option: '--runs', variable: 'PROPERTY_RUNS', usual: 10_000 });
