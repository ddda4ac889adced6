import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The operations of Jira's REST API that the app's source asks for, as `GET /rest/api/3/issue/{}`:
 * every path that stands in src/jira and static/src, with the verb of the call that it stands in.
 */
export function operationsInSource(): string[] {
  const lines = ['src', 'static/src'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .flatMap((name) => readFileSync(path.join(folder, name), 'utf8').split('\n')),
  );
  return [...new Set(lines.flatMap(operationsOf))].sort();
}

/** The operations in one line of source. */
export function operationsOf(line: string): string[] {
  const method = /'POST'|\bpostJson\(/.test(line) ? 'POST' : 'GET';
  return [...line.matchAll(/[`'](\/rest\/[^`'?\s]*)/g)].map(
    ([, found = '']) => `${method} ${found.replaceAll(/\$\{[^}]*\}/g, '{}')}`,
  );
}
