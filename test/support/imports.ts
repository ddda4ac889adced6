import ts from 'typescript';

/** A file with what it imports; paths are relative to the project, without extension; packages by name. */
export type Imports = {
  readonly file: string;
  readonly imports: readonly { readonly from: string; readonly names: readonly string[] }[];
};

/** Reads the imports and re-exports of one source. `resolve` leases `./x` into a path of the project. */
export function importsOf(file: string, source: string, resolve: (specifier: string) => string): Imports {
  const imports: { from: string; names: string[] }[] = [];
  for (const statement of ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
    .statements) {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue;
    const { moduleSpecifier } = statement;
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) continue;
    const from = moduleSpecifier.text.startsWith('.') ? resolve(moduleSpecifier.text) : moduleSpecifier.text;
    imports.push({ from, names: ts.isImportDeclaration(statement) ? namesOf(statement) : [] });
  }
  return { file, imports };
}

function namesOf({ importClause }: ts.ImportDeclaration): string[] {
  const bindings = importClause?.namedBindings;
  return bindings !== undefined && ts.isNamedImports(bindings)
    ? bindings.elements.map(({ propertyName, name }) => (propertyName ?? name).text)
    : [];
}

/**
 * The layers of src, from the ground up. A layer knows those below it: what has no layer (the contract, the clock)
 * is known by all but the contract itself; the domain alone knows no clock.
 */
const LAYERS = ['domain', 'adapters', 'usecases', 'features'] as const;
type Layer = (typeof LAYERS)[number];

/** Which rooms of its own layer a room may know; the others know none. */
const NEIGHBOURS: Readonly<Record<string, readonly string[]>> = {
  'domain/runs': ['domain/segments'],
  'domain/writeTest': ['domain/segments'],
  'domain/profile': ['domain/people', 'domain/segments'],
  'adapters/jira': [],
  'adapters/store': ['adapters/shorterloop'],
  'usecases/connection': ['usecases/result'],
  'usecases/access': ['usecases/result'],
  'usecases/jobs': ['usecases/result'],
  'usecases/lookup': ['usecases/result', 'usecases/connection', 'usecases/access', 'usecases/jobs'],
  'usecases/identity': ['usecases/result', 'usecases/connection', 'usecases/jobs', 'usecases/lookup'],
  'usecases/write': ['usecases/result', 'usecases/connection', 'usecases/jobs', 'usecases/lookup'],
  // One schedule for everything that is looked at every few minutes.
  'features/tick': ['features/directory', 'features/field', 'features/jql', 'features/recovery', 'features/upkeep'],
};

/** Which SDK pieces have one home: package and name, and the files that may import it. */
const HOMES: readonly { readonly from: string; readonly name: string | null; readonly home: RegExp }[] = [
  { from: '@forge/kvs', name: null, home: /^src\/(adapters\/store\/|usecases\/result\/handleRequest\.ts$)/ },
  { from: '@forge/api', name: 'fetch', home: /^src\/adapters\/shorterloop\// },
  { from: '@forge/api', name: 'asUser', home: /^src\/adapters\/jira\// },
  { from: '@forge/api', name: 'asApp', home: /^src\/adapters\/jira\// },
];

/** Every import that goes where it may not: one sentence each. */
export function violationsOf(files: readonly Imports[]): string[] {
  return files.flatMap(({ file, imports }) =>
    imports.flatMap(({ from, names }) => violations(file, from, names).map((why) => `${file} imports ${from}: ${why}`)),
  );
}

function violations(file: string, from: string, names: readonly string[]): string[] {
  const [top] = file.split('/');
  const [toTop, toFolder = ''] = from.split('/');
  const astray = toTop === 'src' && toFolder !== 'contract';
  if (top === 'static') return astray ? ['a page knows of src only its contract'] : [];
  if (top === 'sandbox') return astray ? ['the sandbox knows of src only its contract'] : [];
  if (toTop === 'src') return violationsInside(file, from);
  if (toTop === 'sandbox' || toTop === 'test' || toTop === 'static')
    return ['src knows nothing of what stands around it'];
  if (/^src\/(domain|contract)\//.test(file)) return PURE.has(from) ? [] : ['the rules are pure'];
  const homeless = HOMES.filter(
    (home) => home.from === from && !home.home.test(file) && (home.name === null || names.includes(home.name)),
  );
  return homeless.map(({ name }) => `${name ?? from} has another home`);
}

/** Packages that do nothing but compute; of `node:url` only the forms of a domain are used. */
const PURE: ReadonlySet<string> = new Set(['zod', 'node:url']);

function violationsInside(file: string, from: string): string[] {
  if (file === 'src/index.ts') return [];
  const room = roomOf(file);
  const toRoom = roomOf(from);
  if (room === toRoom) return [];
  const found = mayKnow(room, toRoom) ? [] : [`${room} may not know ${toRoom}`];
  return from === `src/${toRoom}` ? found : [...found, 'a room is entered by its index'];
}

/** `domain/people` of `src/domain/people/match.ts`; `contract` of anything in the contract. */
function roomOf(file: string): string {
  const [, first = '', second = ''] = file.split('/');
  return isLayer(first) ? `${first}/${second.replace(/\.ts$/, '')}` : first.replace(/\.ts$/, '');
}

function isLayer(name: string | undefined): name is Layer {
  return LAYERS.some((layer) => layer === name);
}

function mayKnow(room: string, toRoom: string): boolean {
  const [layer] = room.split('/');
  const [toLayer] = toRoom.split('/');
  if (!isLayer(layer)) return false;
  if (toLayer === 'contract') return true;
  if (toLayer === 'clock') return layer !== 'domain';
  if (!isLayer(toLayer)) return false;
  if (layer === toLayer) return NEIGHBOURS[room]?.includes(toRoom) === true;
  return LAYERS.indexOf(toLayer) < LAYERS.indexOf(layer);
}

/** A cycle of imports, as the files on it, or null. */
export function cycleIn(files: readonly Imports[]): string[] | null {
  const graph = new Map(
    files.map(({ file, imports }) => [file.replace(/(\/index)?\.tsx?$/, ''), imports.map(({ from }) => from)]),
  );
  const done = new Set<string>();
  const walk = (node: string, path: readonly string[]): string[] | null => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return null;
    for (const next of graph.get(node) ?? []) {
      const cycle = walk(next, [...path, node]);
      if (cycle !== null) return cycle;
    }
    done.add(node);
    return null;
  };
  for (const node of graph.keys()) {
    const cycle = walk(node, []);
    if (cycle !== null) return cycle;
  }
  return null;
}
