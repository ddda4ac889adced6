import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';

/**
 * How much JS the panel and the issue context may load at first, together: both stand on the same work item. In bytes
 * at gzip's level 9.
 */
export const MOST_BYTES = 110_000;
/** So many of the biggest parts are named. */
const PARTS_NAMED = 8;

/** A file that a page loads at first, compressed on its own as a server does. */
export type LoadedFile = { readonly file: string; readonly bytes: number };

const partsSchema = z.record(z.string(), z.record(z.string(), z.number()));

/**
 * Every file of JS that a built page loads before anybody does anything: the scripts and the preloads of its HTML, and
 * what these import. What is imported only once it is needed is none of them.
 * @param folder a page's folder in static/dist
 */
export function firstLoad(folder: string): readonly LoadedFile[] {
  const html = readFileSync(path.join(folder, 'index.html'), 'utf8');
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? [];
  const files = new Set<string>();
  const add = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    const source = readFileSync(path.join(folder, file), 'utf8');
    for (const [, imported = ''] of source.matchAll(/(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+\.js)["']/g))
      add(path.join(path.dirname(file), imported));
  };
  for (const tag of tags) {
    const url = /(?:src|href)="([^"]+\.js)"/.exec(tag)?.[1];
    if (url !== undefined) add(path.normalize(url));
  }
  if (files.size === 0) throw new Error(`${folder} loads no script: build the pages first`);
  return [...files].map((file) => ({
    file: path.join(path.basename(folder), file),
    bytes: gzipSync(readFileSync(path.join(folder, file)), { level: 9 }).byteLength,
  }));
}

/**
 * What is wrong with the weight of these files, with their biggest parts; null where they are light enough.
 * @param partsFolder where the build notes what each chunk is made of
 */
export function weightFault(files: readonly LoadedFile[], partsFolder: string, most = MOST_BYTES): string | null {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes <= most) return null;
  const biggest = files.flatMap((file) => partsOf(file, partsFolder)).sort((a, b) => b.bytes - a.bytes);
  return [
    `Panel and context load ${kilobytes(bytes)} of JS (gzip) at first; ${kilobytes(most)} is the most.`,
    ...files.map(({ file, bytes: size }) => `  ${file}: ${kilobytes(size)}`),
    'The biggest parts, estimated from their size before compression:',
    ...biggest.slice(0, PARTS_NAMED).map(({ part, bytes: size }) => `  ${part}: ${kilobytes(size)}`),
    'Load what is rarely used with import(), or drop it.',
  ].join('\n');
}

/** The share of a file's bytes that each of its parts has. */
function partsOf(
  { file, bytes }: LoadedFile,
  partsFolder: string,
): { readonly part: string; readonly bytes: number }[] {
  const [page = '', ...rest] = file.split(path.sep);
  const noted = path.join(partsFolder, `${page}.json`);
  if (!existsSync(noted)) return [];
  const chunks = partsSchema.parse(JSON.parse(readFileSync(noted, 'utf8')));
  const sizes = Object.entries(chunks[rest.join('/')] ?? {});
  const whole = sizes.reduce((sum, [, size]) => sum + size, 0);
  return sizes.map(([part, size]) => ({ part, bytes: (bytes * size) / whole }));
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} KB`;
}
