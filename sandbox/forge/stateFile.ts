import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Kvs } from './kvs';

const SAVE_AFTER_MS = 200;

/**
 * Keeps a store in a file: read now, written shortly after each change. Throws when the file holds
 * something else. The file holds secrets in clear text, so only its owner can read it.
 * @returns writes what is not yet written
 */
export function keepInFile(kvs: Kvs, file: string): () => void {
  if (existsSync(file)) restore(kvs, file);
  let timer: NodeJS.Timeout | undefined;
  const save = (): void => {
    clearTimeout(timer);
    timer = undefined;
    mkdirSync(path.dirname(file), { recursive: true });
    // A crash while writing must leave the old file whole.
    writeFileSync(`${file}.new`, JSON.stringify(kvs.snapshot()), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  kvs.onChange(() => {
    timer ??= setTimeout(save, SAVE_AFTER_MS);
  });
  return () => {
    if (timer !== undefined) save();
  };
}

function restore(kvs: Kvs, file: string): void {
  try {
    kvs.restore(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(`${file} holds no state of this sandbox; move it away or delete it`, { cause: error });
  }
}
