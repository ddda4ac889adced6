// All that `npx jest` plays, unit and integration tests in groups: the Jest step of `npm test`. With a kind (`unit` or
// `integration`) that kind alone, as `npm run test:unit` and `npm run test:integration` do; what follows is Jest's.
import { spawnSync } from 'node:child_process';
import { ensureInstalled, ROOT } from '../../sandbox/install.mjs';
import { testFilesIn, writeGroups } from './groups.mjs';

const KINDS = ['unit', 'integration'];
const [kind, ...more] = process.argv.slice(2);
if (kind !== undefined && !KINDS.includes(kind)) {
  console.error(
    `There are groups of ${KINDS.join(' and ')} tests, and none of ${kind}. For single files: npx jest <path>`,
  );
  process.exit(2);
}
ensureInstalled();
for (const one of kind === undefined ? KINDS : [kind]) writeGroups('reports/groups', one, testFilesIn(`test/${one}`));
// Of a kind alone nothing is kept: the second side of the readings goes by what was played of everything.
const what = kind === undefined ? ['--json', '--outputFile=reports/jest.json'] : [`reports/groups/${kind}/`, ...more];
const { status } = spawnSync('npx', ['jest', '-c', 'test/grouped/jest.config.cjs', '--forceExit', ...what], {
  cwd: ROOT,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
process.exit(status ?? 1);
