import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { platformPage } from './page';

// `npm run -s platform` prints docs/platform.md; with `-- --write` it writes the file.
if (process.argv.includes('--write')) writeFileSync(path.join(__dirname, '../../../docs/platform.md'), platformPage());
else process.stdout.write(platformPage());
