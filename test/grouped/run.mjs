// The Jest step of `npm test`: all that `npx jest` plays, unit and integration tests in groups.
import { spawnSync } from 'node:child_process';
import { ROOT } from '../../sandbox/install.mjs';
import { testFilesIn, writeGroups } from './groups.mjs';

for (const kind of ['unit', 'integration']) writeGroups('reports/groups', kind, testFilesIn(`test/${kind}`));
const report = ['--json', '--outputFile=reports/jest.json'];
const { status } = spawnSync('npx', ['jest', '-c', 'test/grouped/jest.config.cjs', '--forceExit', ...report], {
  cwd: ROOT,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
process.exit(status ?? 1);
