// `npm run properties:contact`: plays 2,000 random stories at random servers, or as many as `-- --runs N` says.
import { playMany } from '../support/playMany.mjs';

playMany({ tests: 'test/properties/contact', option: '--runs', variable: 'CONTACT_RUNS', usual: 2_000 });
