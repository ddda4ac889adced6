import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { measureBoard } from './board';
import { measureBulk } from './bulk';
import { measureCost } from './cost';
import { measureDirectory } from './directory';
import { measurePanel } from './panel';
import { measureProfile } from './profile';

const MEASURED: Readonly<Record<string, (say: (line: string) => void) => Promise<object>>> = {
  panel: measurePanel,
  bulk: measureBulk,
  directory: measureDirectory,
  board: measureBoard,
  cost: measureCost,
  profile: measureProfile,
};

/** `--json` prints the figures alone; `--only panel` measures one of them. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } },
  });
  const say = (line: string): void => {
    // Standard output is kept for the figures.
    if (!values.json) console.error(line);
  };
  const names = values.only ?? Object.keys(MEASURED);
  const unknown = names.filter((name) => MEASURED[name] === undefined);
  if (unknown.length > 0)
    throw new Error(`Nothing is measured under ${unknown.join(', ')}: choose from ${Object.keys(MEASURED).join(', ')}`);
  const [cpu] = cpus();
  say(
    `${cpu?.model ?? 'unknown processor'}, ${String(cpus().length)} cores, ${String(Math.round(totalmem() / 2 ** 30))} GiB, Node ${process.versions.node}`,
  );
  const figures: Record<string, object> = {};
  for (const name of names) figures[name] = (await MEASURED[name]?.(say)) ?? {};
  console.log(JSON.stringify(figures));
}

void main();
