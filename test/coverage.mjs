// `npm run coverage`: how much of src the Jest tests run, in percent. With --json one line for scripts.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ensureInstalled, ROOT } from '../sandbox/install.mjs';

ensureInstalled();
const asJson = process.argv.includes('--json');
// Standard output is kept for the result.
const { status } = spawnSync(
  'npx',
  ['jest', '--forceExit', '--coverage', '--silent', '--coverageReporters=json-summary', '--coverageReporters=text'],
  {
    cwd: ROOT,
    stdio: asJson ? ['ignore', 'ignore', 'pipe'] : ['ignore', 'inherit', 'inherit'],
  },
);
if (status !== 0) {
  console.error('Tests failed, so their coverage says nothing. Run npm test.');
  process.exit(1);
}
const { total } = JSON.parse(readFileSync(path.join(ROOT, 'coverage', 'coverage-summary.json'), 'utf8'));
const result = { statements: total.statements.pct, branches: total.branches.pct };
console.log(asJson ? JSON.stringify(result) : `Statements ${result.statements} %, branches ${result.branches} %`);
