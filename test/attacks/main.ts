// `npm run attacks`: plays every attack and prints how many succeeded.
import { installGlobals } from '../../sandbox/forge/inProcess';

// Before anything imports @forge/api, which keeps the `fetch` that it finds.
installGlobals();

async function main(): Promise<void> {
  const [{ attacks }, { runAttacks }] = await Promise.all([import('./cases'), import('./command')]);
  const say = console.log;
  const remark = console.error;
  // What the app logs meanwhile is part of the attack, not of the answer.
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) console[method] = () => undefined;
  // Whatever a site left open keeps nobody waiting.
  process.exit(await runAttacks(process.argv.slice(2), attacks, { say, remark }));
}

void main();
