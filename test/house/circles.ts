import type { Imports } from '../support/imports';

/** What a file imports, without its extension or its `/index`: `src/x` for `src/x/index.ts`. */
const nodeOf = (file: string): string => file.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '');

/**
 * The groups of files that import each other in a circle, type-only imports included: each group in order of its
 * names. Files that share circles are one group.
 */
export function circlesIn(files: readonly Imports[]): string[][] {
  const graph = new Map(files.map(({ file, imports }) => [nodeOf(file), imports.map(({ from }) => nodeOf(from))]));
  const reached = new Map([...graph.keys()].map((node) => [node, reachedFrom(node, graph)]));
  const groups = new Map<string, string[]>();
  for (const [node, others] of reached) {
    if (!others.has(node)) continue;
    const group = [...others].filter((other) => reached.get(other)?.has(node) === true).sort();
    groups.set(group.join(), group);
  }
  return [...groups.values()];
}

/** All nodes that one or more imports lead to; the node itself only when it stands on a circle. */
function reachedFrom(start: string, graph: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>();
  const open = [start];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const next of graph.get(node) ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(next);
    }
  }
  return found;
}
