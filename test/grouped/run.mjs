// All that `npx jest` plays, unit and integration tests in groups: the Jest step of `npm test`. With a kind (`unit` or
// `integration`) that kind alone, as `npm run test:unit` and `npm run test:integration` do; what follows is Jest's.
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { ensureInstalled, ROOT } from '../../sandbox/install.mjs';
import { withRuntimeNode } from '../runtimeNode.mjs';
import { testFilesIn, writeGroups } from './groups.mjs';

/** Workers for each core: unit tests never wait, integration tests half of their time. */
const KINDS = { unit: 1, integration: 2 };
/** Of all together: beside the browser, every further worker compiles again what the others have compiled. */
const ALL = 1.5;
const [kind, ...more] = process.argv.slice(2);
if (kind !== undefined && !Object.hasOwn(KINDS, kind)) {
  console.error(
    `There are groups of ${Object.keys(KINDS).join(' and ')} tests, and none of ${kind}. For single files: npx jest <path>`,
  );
  process.exit(2);
}
ensureInstalled();
for (const one of kind === undefined ? Object.keys(KINDS) : [kind])
  writeGroups('reports/groups', one, testFilesIn(`test/${one}`));
// Of a kind alone nothing is kept: the second side of the readings goes by what was played of everything.
const what = kind === undefined ? ['--json', '--outputFile=reports/jest.json'] : [`reports/groups/${kind}/`, ...more];
const workers = `--maxWorkers=${Math.ceil(availableParallelism() * (kind === undefined ? ALL : KINDS[kind]))}`;
const { status } = spawnSync('npx', ['jest', '-c', 'test/grouped/jest.config.cjs', '--forceExit', workers, ...what], {
  cwd: ROOT,
  env: withRuntimeNode(process.env),
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
process.exit(status ?? 1);
