// `npm run bench:scale -- --json`; `--most 100000` leaves out larger runs.
import { parseArgs } from 'node:util';
import { installGlobals } from '../../../sandbox/forge/inProcess';

// Before anything imports @forge/api, which keeps the `fetch` that it finds.
installGlobals();

const SIZES = [1_000, 10_000, 100_000, 1_000_000];

async function main(): Promise<void> {
  const { playRun } = await import('./playRun');
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      most: { type: 'string', default: String(Math.max(...SIZES)) },
    },
  });
  const runs = [];
  for (const members of SIZES.filter((size) => size <= Number(values.most))) {
    const run = await playRun(members);
    runs.push(run);
    if (!values.json) console.error(JSON.stringify(run));
  }
  const perMember = runs.map(({ calls, members }) => calls / members);
  const callsPerMemberSpread = Number((Math.max(...perMember) / Math.min(...perMember) - 1).toFixed(3));
  console.log(
    JSON.stringify({ scale: { runs, callsPerMemberSpread, limitsBroken: runs.flatMap(({ broken }) => broken) } }),
  );
  // The app's timers of a run that is over keep nobody waiting.
  process.exit(0);
}

void main();
