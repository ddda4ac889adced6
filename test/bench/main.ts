import { cpus, totalmem } from 'node:os';
import { measureBoard } from './board';
import { measurePanel } from './panel';

async function main(): Promise<void> {
  const asJson = process.argv.includes('--json');
  const say = (line: string): void => {
    // Standard output is kept for the figures.
    if (!asJson) console.error(line);
  };
  const [cpu] = cpus();
  say(`${cpu?.model ?? 'unknown processor'}, ${String(cpus().length)} cores, ${String(Math.round(totalmem() / 2 ** 30))} GiB, Node ${process.versions.node}`);
  console.log(JSON.stringify({ panel: await measurePanel(say), board: await measureBoard(say) }));
}

void main();
