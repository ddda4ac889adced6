import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { z } from 'zod';

/** A place in a bundled file, as a stack names it: its path, line and column, both counted from 1. */
const PLACE = /((?:[A-Za-z]:)?[^\s():]+\.cjs):(\d+):(\d+)/g;

/**
 * Answers what puts the places of the source files where a stack, or whatever holds one, names those of a bundle. Maps
 * are read when a place in their file is first named; places of other files stay as they are.
 * @param dir the folder of the bundle
 */
export function createPlaceReader(dir: string): (text: string) => string {
  const maps = new Map<string, SourceMap | null>();
  const mapOf = (file: string): SourceMap | null => {
    const known = maps.get(file);
    if (known !== undefined) return known;
    const map = path.dirname(file) === dir ? readMap(`${file}.map`) : null;
    maps.set(file, map);
    return map;
  };
  return (text) =>
    text.replace(PLACE, (whole, file: string, line: string, column: string) => {
      const origin = mapOf(file)?.findOrigin(Number(line), Number(column));
      if (origin === undefined || !('fileName' in origin)) return whole;
      const source = path.resolve(dir, origin.fileName);
      return `${source}:${String(origin.lineNumber)}:${String(origin.columnNumber)}`;
    });
}

/** A source map as esbuild writes it, with what Node asks for beside. */
const mapSchema = z.object({
  version: z.literal(3),
  sources: z.array(z.string()),
  sourcesContent: z.array(z.string()),
  names: z.array(z.string()),
  mappings: z.string(),
  file: z.string().default(''),
  sourceRoot: z.string().default(''),
});

function readMap(file: string): SourceMap | null {
  if (!existsSync(file)) return null;
  return new SourceMap(mapSchema.parse(JSON.parse(readFileSync(file, 'utf8'))));
}
