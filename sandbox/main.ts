import { openBrowser } from './browser';
import { prove, showField } from './configure';
import type { FunctionLog } from './forge/messages';
import { parseStart, USAGE, type StartOptions } from './options';
import { welcomeText } from './places';
import { startSandbox, type Sandbox } from './sandbox';
import { buildStaticIfStale } from './staticBuild';

/** Runs the sandbox until Ctrl-C. */
async function main(): Promise<void> {
  const command = parseStart(process.argv.slice(2));
  switch (command.kind) {
    case 'help':
      console.log(USAGE);
      return;
    case 'refused':
      console.error(`${command.why}\n${USAGE}`);
      process.exitCode = 2;
      return;
    case 'options':
      return start(command.options);
  }
}

async function start({ shorterloop, keep, headless, reporters, ...options }: StartOptions): Promise<void> {
  // The channel to `npm start`: once it is gone, nobody is left who could end this. Alone it keeps nothing alive.
  let stop = (): void => process.exit(1);
  process.once('disconnect', () => stop());
  process.channel?.unref();
  await buildStaticIfStale();
  const sandbox = await startSandbox({
    ...options,
    onLog: printLog,
    ...(shorterloop === undefined ? {} : { shorterLoopOrigin: shorterloop }),
    extraReporters: reporters,
    isLiving: true,
    ...(keep === undefined ? {} : { stateFile: keep }),
  });
  stop = () => void sandbox.stop().catch(fail);
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  // A test person has shown that adding works as well, so that whoever starts this sees all of it.
  if (!options.fresh && shorterloop === undefined) prove(sandbox.host, ['add', 'addByEmail']);
  console.log(welcomeText({ ...sandbox, isFresh: options.fresh }));
  if (!headless) openBrowser(sandbox.url);
  // A site that is set up has been for a while. What fails here, as when all is stopped, the schedule does later.
  if (!options.fresh) await readEverybody(sandbox).catch(() => undefined);
}

/**
 * The directory is read, and then who reports: what else happens by itself within ten minutes. An admin of this site
 * has the segments shown on the work items as well, so that the field says the same as the panel.
 */
async function readEverybody({ host, jira }: Sandbox): Promise<void> {
  for (let times = 0; times < 2; times += 1) {
    await host.runScheduledTrigger('tick');
    await host.platform.queue.idle();
  }
  await showField(host, jira);
}

/** What functions log goes to standard error: standard output has what there is to know at the start. */
function printLog({ level, functionKey, message }: FunctionLog): void {
  console.error(`[${functionKey ?? 'functions'}] ${level}: ${message}`);
}

function fail(error: unknown): void {
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  console.error(`The sandbox did not start: ${error instanceof Error ? error.message : String(error)}${cause}`);
  process.exitCode = 1;
}

main().catch(fail);
