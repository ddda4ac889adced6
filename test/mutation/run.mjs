// `npm run mutation`: changes the code in many small ways and counts how many of them a test notices, one
// folder after another. `--only domain/segments,domain/people` takes these folders, `--since main` only files that were
// changed since a commit, `--sample 5` every fifth change, `--processes 1` as many processes, and with --json there is
// one line for scripts.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isSampledIn } from './sample.cjs';
import { ensureInstalled, ROOT } from '../../sandbox/install.mjs';

/** Below this score, in per cent, the run fails. */
const MIN_SCORE = 90;

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    since: { type: 'string' },
    sample: { type: 'string', default: '1' },
    processes: { type: 'string', default: '2' },
  },
});
const described = JSON.parse(readFileSync(path.join(import.meta.dirname, 'folders.json'), 'utf8'));
const known = Object.keys(described);
const asked = options.only?.split(',') ?? known;
const unknown = asked.filter((folder) => !known.includes(folder));
if (unknown.length > 0)
  fail(`Not among the folders that are mutated: ${unknown.join(', ')}. They are ${known.join(', ')}.`);

const changed = options.since === undefined ? null : changedSince(options.since);
const folders = asked.filter((folder) => changed === null || changedIn(folder).length > 0);
if (folders.length === 0) {
  console.log(`No file of ${asked.join(', ')} was changed since ${options.since}.`);
  process.exit(0);
}

ensureInstalled();
const reports = path.join(ROOT, 'reports');
mkdirSync(reports, { recursive: true });
// The report of an earlier run must not stand for this one.
rmSync(path.join(reports, 'mutation.json'), { force: true });

/** Stryker, while it runs: with the processes that it starts it is a group of its own. */
let running = null;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => {
    // It would go on by itself for as long as it needs.
    if (running !== null) process.kill(-running.pid, 'SIGTERM');
    process.exit(128 + constants.signals[signal]);
  });
const measured = [];
for (const folder of folders) measured.push({ folder, report: await measure(folder) });
const [{ report: first }] = measured;
const files = Object.assign({}, ...measured.map(({ report }) => report.files));
writeFileSync(
  path.join(reports, 'mutation.json'),
  JSON.stringify({ schemaVersion: first.schemaVersion, thresholds: first.thresholds, files }),
);

const total = countOf(files);
if (options.json) {
  const scores = Object.fromEntries(measured.map(({ folder, report }) => [folder, countOf(report.files).score]));
  console.log(JSON.stringify({ ...total, folders: scores }));
} else {
  for (const { folder, report } of measured) console.log(`${folder}: ${sentence(countOf(report.files))}`);
  console.log(`mutation score ${sentence(total)}`);
}
process.exit(total.score < MIN_SCORE ? 1 : 0);

async function measure(folder) {
  const report = path.join(reports, 'mutation', `${folder.replaceAll('/', '-')}.json`);
  rmSync(report, { force: true });
  running = spawn(
    process.execPath,
    ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', 'test/mutation/stryker.config.mjs'],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        MUTATED_FOLDER: folder,
        MUTATION_PROCESSES: options.processes,
        MUTATION_SAMPLE: options.sample,
        ...(changed === null ? {} : { MUTATED_FILES: changedIn(folder).join(',') }),
      },
      // Standard output is kept for the result: how far it is goes to the other one.
      stdio: ['ignore', options.json ? 2 : 'inherit', 'inherit'],
      detached: true,
    },
  );
  await once(running, 'exit');
  running = null;
  if (!existsSync(report))
    fail(`Nothing was measured of ${folder}: its tests must pass before the code is changed. Run npm test.`);
  return JSON.parse(readFileSync(report, 'utf8'));
}

/** The files below src that differ from a commit, as git names them. */
function changedSince(commit) {
  const { status, stdout, stderr } = spawnSync(
    'git',
    ['diff', '--name-only', '--diff-filter=AM', commit, '--', 'src'],
    {
      cwd: ROOT,
      encoding: 'utf8',
    },
  );
  if (status !== 0) fail(`git knows nothing to compare with: ${stderr.trim()}`);
  return stdout.split('\n').filter((file) => file.endsWith('.ts') && !file.endsWith('/index.ts'));
}

function changedIn(folder) {
  const { files } = described[folder];
  return changed.filter((file) => (files === undefined ? file.startsWith(`src/${folder}/`) : files.includes(file)));
}

function countOf(mutated) {
  const mutants = Object.values(mutated)
    .flatMap((file) => file.mutants)
    .filter(({ id }) => isSampledIn(options.sample)(id));
  const count = (state) => mutants.filter(({ status }) => status === state).length;
  // A change that makes a test run for ever was noticed as well.
  const [killed, timeout, survived, noCoverage, ignored] = [
    'Killed',
    'Timeout',
    'Survived',
    'NoCoverage',
    'Ignored',
  ].map(count);
  const score = Math.round(((killed + timeout) / (killed + timeout + survived + noCoverage)) * 10_000) / 100;
  return { score, killed, survived, timeout, noCoverage, ignored };
}

function sentence({ score, killed, timeout, survived, noCoverage }) {
  return `${score} % (${killed + timeout}/${killed + timeout + survived + noCoverage})`;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
