// `npm run probe`: compares a real Shorter Loop account with the contract; see docs/shorter-loop-api.md.
import { probe } from './probe';

void probe(process.argv.slice(2), process.env, console.log).then((code) => {
  process.exitCode = code;
});
