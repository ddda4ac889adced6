// `npm run probe`: compares a real Shorter Loop account with the contract; see docs/shorter-loop-api.md.
import { probe } from './probe';

probe(process.argv.slice(2), process.env, console.log).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // A mistake of the probe or of the contract's file, not of the account.
    console.error(error);
    process.exitCode = 2;
  },
);
