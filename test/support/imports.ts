import ts from 'typescript';

/** A file with what it imports; paths are relative to the project, without extension; packages by name. */
export type Imports = {
  readonly file: string;
  readonly imports: readonly { readonly from: string; readonly names: readonly string[] }[];
};

/** Reads the imports and re-exports of one source. `resolve` turns `./x` into a path of the project. */
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

/** What each folder of src may import of src. A door imports no other door. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  clock: [],
  segments: ['contract'],
  people: ['contract'],
  shorterloop: ['contract', 'clock'],
  jira: ['contract', 'people', 'clock'],
  store: ['contract', 'segments', 'people', 'shorterloop'],
  flow: ['contract', 'clock', 'segments', 'people', 'shorterloop', 'jira', 'store'],
  panel: ['contract', 'segments', 'people', 'shorterloop', 'jira', 'store', 'flow'],
  board: ['contract', 'segments', 'people', 'jira', 'store', 'flow'],
  automation: ['contract', 'clock', 'segments', 'people', 'jira', 'store', 'flow'],
  jql: ['contract', 'segments', 'shorterloop', 'jira', 'store', 'flow'],
  bulk: ['contract', 'clock', 'segments', 'people', 'shorterloop', 'jira', 'store', 'flow'],
  recovery: ['contract', 'flow', 'store'],
  directory: ['contract', 'clock', 'people', 'shorterloop', 'store', 'flow'],
  upkeep: ['contract', 'flow', 'store'],
  // Calls the doors that have to be looked at every five minutes.
  tick: ['flow', 'store', 'recovery', 'jql', 'directory', 'upkeep'],
  admin: ['contract', 'segments', 'people', 'shorterloop', 'jira', 'store', 'flow'],
};

/** Which SDK pieces have one home: package and name, and the files that may import it. */
const HOMES: readonly { readonly from: string; readonly name: string | null; readonly home: RegExp }[] = [
  { from: '@forge/kvs', name: null, home: /^src\/(store\/|flow\/answer\.ts$)/ },
  { from: '@forge/api', name: 'fetch', home: /^src\/shorterloop\// },
  { from: '@forge/api', name: 'asUser', home: /^src\/jira\// },
  { from: '@forge/api', name: 'asApp', home: /^src\/jira\// },
];

/** Every import that goes where it may not: one sentence each. */
export function violationsOf(files: readonly Imports[]): string[] {
  return files.flatMap(({ file, imports }) =>
    imports.flatMap(({ from, names }) => violations(file, from, names).map((why) => `${file} imports ${from}: ${why}`)),
  );
}

function violations(file: string, from: string, names: readonly string[]): string[] {
  const [top, folder = ''] = file.split('/');
  const [toTop, toFolder = '', inside] = from.split('/');
  if (top === 'static')
    return toTop === 'src' && toFolder !== 'contract' ? ['a page knows of src only its contract'] : [];
  if (top === 'sandbox')
    return toTop === 'src' && toFolder !== 'contract' ? ['the sandbox knows of src only its contract'] : [];
  if (toTop === 'src') return violationsInside(file, folder, toFolder, inside);
  if (toTop === 'sandbox' || toTop === 'test' || toTop === 'static')
    return ['src knows nothing of what stands around it'];
  if (['segments', 'people', 'contract'].includes(folder)) return ['the rules are pure'];
  const astray = HOMES.filter(
    (home) => home.from === from && !home.home.test(file) && (home.name === null || names.includes(home.name)),
  );
  return astray.map(({ name }) => `${name ?? from} has another home`);
}

function violationsInside(file: string, folder: string, toFolder: string, inside: string | undefined): string[] {
  if (file === 'src/index.ts' || folder === toFolder) return [];
  const found = MAY_IMPORT[folder]?.includes(toFolder) === true ? [] : [`${folder} may not know ${toFolder}`];
  return inside === undefined ? found : [...found, 'a folder is entered by its index'];
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
