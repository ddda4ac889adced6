// `npm run mutation`: changes the code in many small ways and counts how many of them a test notices.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ensureInstalled, ROOT } from '../../sandbox/install.mjs';

ensureInstalled();
mkdirSync(path.join(ROOT, 'reports'), { recursive: true });
const asJson = process.argv.includes('--json');
const { status } = spawnSync(process.execPath, ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', 'test/mutation/stryker.config.mjs'], {
  cwd: ROOT,
  stdio: ['ignore', asJson ? 'ignore' : 'inherit', 'inherit'],
});
const { files } = JSON.parse(readFileSync(path.join(ROOT, 'reports/mutation.json'), 'utf8'));
const count = { Killed: 0, Timeout: 0, Survived: 0, NoCoverage: 0 };
for (const { mutants } of Object.values(files)) for (const mutant of mutants) if (mutant.status in count) count[mutant.status] += 1;
const killed = count.Killed + count.Timeout;
const score = Math.round((killed / (killed + count.Survived + count.NoCoverage)) * 10_000) / 100;
console.log(asJson ? JSON.stringify({ score, killed, survived: count.Survived, noCoverage: count.NoCoverage }) : `Mutation score ${score} %: ${killed} of ${killed + count.Survived + count.NoCoverage} noticed`);
process.exit(status ?? 1);
