// Measures in a process of its own: the app's functions run in it, in Forge's globals, and in virtual time.
import { installGlobals } from '../../../sandbox/forge/inProcess';

// Before anything imports @forge/api, which keeps the `fetch` that it finds.
installGlobals();

async function main(): Promise<void> {
  const { measureCost } = await import('./measure');
  const said: string[] = [];
  const figures = await measureCost((line) => said.push(line));
  console.log(JSON.stringify({ said, figures }));
}

void main();
