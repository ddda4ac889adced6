// `npm run bench:scale`: plays bulk runs of 1,000 to 1,000,000 members in virtual time and counts what they use of Forge's limits.
import { spawnSync } from 'node:child_process';
import { ensureInstalled, ROOT } from '../../../sandbox/install.mjs';

ensureInstalled();
// A million rows of the ledger with their indexes stand in memory.
const { status } = spawnSync(
  process.execPath,
  ['--max-old-space-size=16000', '--import', 'tsx', 'test/bench/scale/main.ts', ...process.argv.slice(2)],
  { cwd: ROOT, stdio: 'inherit' },
);
process.exit(status ?? 1);
