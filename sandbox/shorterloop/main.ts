import { parseCommand, USAGE } from './options';
import { PROFILES } from './profiles';
import { serveSimulator } from './server';
import { createSimulator } from './simulator';

/** Runs the simulator as a process of its own, until Ctrl-C. */
async function main(): Promise<void> {
  const command = parseCommand(process.argv.slice(2));
  if (command.kind === 'refused') {
    console.error(`${command.why}\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  if (command.kind === 'listProfiles') {
    for (const { name, about, expected } of PROFILES) console.log(`${name}: ${about} (${expected.kind})`);
    return;
  }
  const { port, ...options } = command.options;
  const simulator = createSimulator(options);
  const running = await serveSimulator(simulator, port);
  // The key belongs to made-up people on this machine, and whoever starts the simulator needs it.
  console.log(`Simulator: ${running.origin} key ${simulator.key} initiative ${simulator.initiativeId}`);
  const stop = (): void => void running.stop();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  console.error(`The simulator did not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
