import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { importsOf } from '../support/imports';
import { circlesIn } from './circles';
import { crowdedFunctions, longFunctions, longLines, medianOf, type Place, type Source } from './measure';

const ROOT = path.join(__dirname, '../..');

/** The product and its sandbox. */
export const FOLDERS = ['src', 'static/src', 'sandbox'] as const;

/** What the code of some folders is like. */
export type Findings = {
  /** Groups of files that import each other in a circle, folder by folder. */
  readonly circles: readonly (readonly string[])[];
  readonly longLines: readonly Place[];
  readonly longFunctions: readonly Place[];
  readonly crowdedFunctions: readonly Place[];
  readonly files: number;
  readonly medianLines: number;
};

/** The sources in a folder that git knows or would add. */
export function sourcesOf(folder: string): Source[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', folder];
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' })
    .split('\n')
    .filter((file) => /\.(tsx?|[cm]?js)$/.test(file) && existsSync(path.join(ROOT, file)))
    .map((file) => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') }));
}

/** Measures the sources of each folder. */
export function findingsOf(folders: readonly (readonly Source[])[]): Findings {
  const all = folders.flat();
  return {
    circles: folders.flatMap((sources) => circlesIn(sources.map(readImports))),
    longLines: all.flatMap(longLines),
    longFunctions: all.flatMap(longFunctions),
    crowdedFunctions: all.flatMap(crowdedFunctions),
    files: all.length,
    medianLines: medianOf(all.map(({ text }) => text.trimEnd().split('\n').length)),
  };
}

function readImports({ file, text }: Source) {
  return importsOf(file, text, (specifier) => path.posix.join(path.posix.dirname(file), specifier));
}
