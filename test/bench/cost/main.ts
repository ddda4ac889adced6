// Measures in a process of its own: the app's functions run in it, in Forge's globals, and in virtual time.
import { installGlobals } from '../../../sandbox/forge/inProcess';

// Before anything imports @forge/api, which keeps the `fetch` that it finds.
installGlobals();

async function main(): Promise<void> {
  const { measureCost } = await import('./measure');
  const textResponse: string[] = [];
  const figures = await measureCost((line) => textResponse.push(line));
  console.log(JSON.stringify({ textResponse, figures }));
}

void main();
