import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';

const ROOT = path.join(__dirname, '../..');

/**
 * A folder with the app's storage and egress, and with a benchmark's functions in place of the app's own.
 * @param key of its one page, as which they are called
 * @param file the file with the functions, and the name under which it exports them
 */
export function makeApp(key: string, file: { readonly path: string; readonly exported: string }): string {
  const appDir = mkdtempSync(path.join(tmpdir(), `${key}-`));
  const { modules: _modules, ...manifest } = z
    .looseObject({ modules: z.unknown() })
    .parse(parse(readFileSync(path.join(ROOT, 'manifest.yml'), 'utf8')));
  const modules = {
    'jira:globalPage': [{ key, title: 'Benchmark', resource: 'page', resolver: { function: key } }],
    function: [{ key, handler: `index.${file.exported}` }],
  };
  writeFileSync(
    path.join(appDir, 'manifest.yml'),
    stringify({ ...manifest, modules, resources: [{ key: 'page', path: 'page' }], translations: undefined }),
  );
  mkdirSync(path.join(appDir, 'src'));
  writeFileSync(
    path.join(appDir, 'src', 'index.ts'),
    `export { ${file.exported} } from ${JSON.stringify(file.path)};\n`,
  );
  return appDir;
}
