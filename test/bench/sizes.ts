import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * The size of everything that a built page may load, each file compressed on its own as a server
 * does. In bytes at gzip's level 9.
 * @param extension with its dot
 */
export function gzipBytes(folder: string, extension: '.js' | '.css'): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith(extension));
  if (files.length === 0) throw new Error(`${folder} has no ${extension} file: build the pages first`);
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(path.join(folder, file)), { level: 9 }).byteLength, 0);
}
