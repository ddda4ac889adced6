// `npm run house`: where the code is harder to read than it should be. With --json one line for scripts.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';
import type { Place } from './measure';
import { findingsOf, FOLDERS, sourcesOf } from './project';

const namesSchema = z.array(z.object({ name: z.string(), line: z.number().optional() }));
const reportSchema = z.object({
  issues: z.array(z.object({ file: z.string(), exports: namesSchema.optional(), types: namesSchema.optional() })),
});

/** The exports that nothing uses, types included, as knip finds them. It ends with 1 when it finds something. */
function unusedExports(): Place[] {
  const root = path.join(__dirname, '../..');
  const knip = path.join(root, 'node_modules/knip/bin/knip.js');
  const args = [knip, '--include', 'exports,types', '--reporter', 'json'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (!stdout.startsWith('{')) throw new Error(`knip did not report: ${stderr}${stdout}`);
  return reportSchema
    .parse(JSON.parse(stdout))
    .issues.flatMap(({ file, exports = [], types = [] }) =>
      [...exports, ...types].map(({ name, line = 1 }) => ({ file, line, what: `nothing uses ${name}` })),
    );
}

const findings = findingsOf(FOLDERS.map(sourcesOf));
const unused = unusedExports();
const { circles, longLines, longFunctions, crowdedFunctions, files, medianLines } = findings;
if (process.argv.includes('--json')) {
  console.log(
    JSON.stringify({
      circles: circles.length,
      longLines: longLines.length,
      longFunctions: longFunctions.length,
      unusedExports: unused.length,
      files,
      medianLines,
    }),
  );
} else {
  for (const circle of circles) console.log(`These import each other: ${circle.join(', ')}`);
  for (const { file, line, what } of [...longLines, ...longFunctions, ...crowdedFunctions, ...unused])
    console.log(`${file}:${line}: ${what}`);
  console.log(`${files} files; half of them have ${medianLines} lines or fewer`);
}
