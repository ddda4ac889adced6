// `npm run conformance`: what the sandbox believes of Forge, compared with what a real site answered; docs/conformance.md.
import { installGlobals } from '../../sandbox/forge/inProcess';

// Before anything imports @forge/api, which keeps the `fetch` that it finds.
installGlobals();

async function main(): Promise<void> {
  const { conformance } = await import('./conformance');
  process.exitCode = await conformance(process.argv.slice(2), console.log);
}

void main();
