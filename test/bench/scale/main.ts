// `npm run bench:scale -- --json`; `--most 100000` leaves out larger runs, `--only identity` plays one of both.
import { parseArgs } from 'node:util';
import { installGlobals } from '../../../sandbox/forge/inProcess';

// Before anything imports @forge/api, which keeps the `fetch` that it finds.
installGlobals();

const SIZES = [1_000, 10_000, 100_000, 1_000_000];
const REPORTERS = [1_000, 3_000, 10_000, 20_000, 50_000, 100_000];

type Say = (figures: object) => void;

async function playRuns(most: number, say: Say): Promise<object> {
  const { playRun } = await import('./playRun');
  const runs = [];
  for (const members of SIZES.filter((size) => size <= most)) {
    const run = await playRun(members);
    runs.push(run);
    say(run);
  }
  const perMember = runs.map(({ calls, members }) => calls / members);
  const callsPerMemberSpread = Number((Math.max(...perMember) / Math.min(...perMember) - 1).toFixed(3));
  return { runs, callsPerMemberSpread, limitsBroken: runs.flatMap(({ broken }) => broken) };
}

async function playSyncs(most: number, say: Say): Promise<object> {
  const { playSync } = await import('./identity/play');
  const { deviationsOf } = await import('./identity/deviations');
  const syncs = [];
  for (const reporters of REPORTERS.filter((size) => size <= most)) {
    const sync = await playSync(reporters);
    syncs.push(sync);
    say(sync);
  }
  return { syncs, deviations: deviationsOf(syncs), limitsBroken: syncs.flatMap(({ broken }) => broken) };
}

const PLAYED: Readonly<Record<string, (most: number, say: Say) => Promise<object>>> = {
  scale: playRuns,
  identity: playSyncs,
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      most: { type: 'string', default: String(Math.max(...SIZES)) },
      only: { type: 'string', multiple: true },
    },
  });
  const say: Say = (figures) => {
    if (!values.json) console.error(JSON.stringify(figures));
  };
  const figures: Record<string, object> = {};
  for (const [name, play] of Object.entries(PLAYED))
    if (values.only?.includes(name) ?? true) figures[name] = await play(Number(values.most), say);
  console.log(JSON.stringify(figures));
  // The app's timers of a run that is over keep nobody waiting.
  process.exit(0);
}

void main();
