import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { importsOf, violationsOf } from '../../support/imports';

const ROOT = path.join(__dirname, '../../..');
const MAX_FILES = 35;
const LAYERS = ['features', 'usecases', 'adapters', 'domain', 'contract'];
const text = readFileSync(path.join(ROOT, 'docs/architecture.md'), 'utf8');

/** The text of a file of the project; null where there is none. */
type Project = (file: string) => string | null;
const project: Project = (file) =>
  existsSync(path.join(ROOT, file)) ? readFileSync(path.join(ROOT, file), 'utf8') : null;

/** The files of the numbered list, in its order. */
function listedFiles(markdown: string): string[] {
  return [...markdown.matchAll(/^\d+\. `([^`]+)` .+\.$/gm)].map(([, file = '']) => file);
}

/** What is wrong with a list of files that a reader is to follow: one sentence each. */
function faultsOf(files: readonly string[], read: Project): string[] {
  const missing = files.filter((file) => read(file) === null).map((file) => `${file} does not exist`);
  const twice = files.filter((file, index) => files.indexOf(file) !== index).map((file) => `${file} stands twice`);
  const astray = files
    .filter((file, index) => index > 0 && read(file) !== null && !isReached(file, files.slice(0, index), read))
    .map((file) => `${file} is not reached from any file before it`);
  return [...(files.length > MAX_FILES ? ['the list is too long'] : []), ...missing, ...twice, ...astray];
}

function isReached(file: string, earlier: readonly string[], read: Project): boolean {
  return earlier.some((from) => isImportedBy(from, file, read) || isInvokedBy(from, file, read));
}

/** Whether a file imports another by itself, or takes one of its names from an index that re-exports it. */
function isImportedBy(from: string, file: string, read: Project): boolean {
  return importsIn(from, read).some(({ target, names }) => {
    if (target === file) return true;
    if (!isReExportedBy(target, file, read)) return false;
    const exported = exportedNames(read(file) ?? '');
    return names.some((name) => exported.has(name));
  });
}

function isReExportedBy(index: string | null, file: string, read: Project): boolean {
  if (index === null || path.posix.basename(index) !== 'index.ts') return false;
  return importsIn(index, read).some(({ target }) => target === file || isReExportedBy(target, file, read));
}

/** Whether a resolver defines a function that a page invokes by its name. */
function isInvokedBy(page: string, resolver: string, read: Project): boolean {
  if (!page.startsWith('static/') || !resolver.startsWith('src/')) return false;
  const defined = definedFunctions(read(resolver) ?? '');
  return [...invokedFunctions(read(page) ?? '')].some((name) => defined.has(name));
}

type Import = { readonly target: string | null; readonly names: readonly string[] };

/** What each file imports, so that none is parsed twice. */
const known = new WeakMap<Project, Map<string, Import[]>>();

function importsIn(file: string, read: Project): Import[] {
  const ofProject = known.get(read) ?? new Map<string, Import[]>();
  known.set(read, ofProject);
  const imports = ofProject.get(file) ?? readImports(file, read);
  ofProject.set(file, imports);
  return imports;
}

function readImports(file: string, read: Project): Import[] {
  const source = read(file) ?? '';
  const resolve = (specifier: string): string => path.posix.join(path.posix.dirname(file), specifier);
  return importsOf(file, source, resolve).imports.map(({ from, names }) => {
    const base = from.replace(/^@contract(?=$|\/)/, 'src/contract');
    const candidates = [`${base}.ts`, `${base}.tsx`, `${base}/index.ts`];
    return { target: candidates.find((candidate) => read(candidate) !== null) ?? null, names };
  });
}

const parse = (source: string): ts.SourceFile =>
  ts.createSourceFile('file.tsx', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);

function exportedNames(source: string): Set<string> {
  return new Set(
    parse(source).statements.flatMap((statement) => {
      const isExported = ts.canHaveModifiers(statement)
        ? ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true
        : false;
      if (!isExported) return [];
      if (ts.isVariableStatement(statement))
        return statement.declarationList.declarations.map((declaration) => declaration.name.getText());
      return ts.isFunctionDeclaration(statement) || ts.isTypeAliasDeclaration(statement)
        ? [statement.name?.text ?? '']
        : [];
    }),
  );
}

function calls(source: string, name: string): ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === name) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(parse(source));
  return found;
}

function invokedFunctions(source: string): Set<string> {
  return new Set(
    calls(source, 'invoke').flatMap(({ arguments: [first] }) =>
      first !== undefined && ts.isStringLiteral(first) ? [first.text] : [],
    ),
  );
}

function definedFunctions(source: string): Set<string> {
  return new Set(
    calls(source, 'makeResolver').flatMap(({ arguments: [first] }) =>
      first !== undefined && ts.isObjectLiteralExpression(first)
        ? first.properties.flatMap(({ name }) => (name !== undefined && ts.isStringLiteral(name) ? [name.text] : []))
        : [],
    ),
  );
}

describe('docs/architecture.md', () => {
  const files = listedFiles(text);

  it('follows a move from the click in the panel to the message that is shown, in files that lead to each other', () => {
    expect(files[0]).toMatch(/^static\/src\/panel\//);
    expect(files.at(-1)).toMatch(/^static\/src\/panel\//);
    expect(files).toEqual(expect.arrayContaining(['src/usecases/write/readBack.ts', 'src/adapters/store/ledger.ts']));
    expect(faultsOf(files, project)).toEqual([]);
  });

  it('gives every item of the list a file and a sentence', () => {
    expect(files).toHaveLength([...text.matchAll(/^\d+\. /gm)].length);
  });

  it('says of each layer what the check of imports lets it import, and nothing else', () => {
    const said = LAYERS.map((layer) => [
      layer,
      (new RegExp(`^\\| ${layer} \\| ([^|]+) \\|`, 'm').exec(text)?.[1] ?? '').split(', '),
    ]);
    const allowed = LAYERS.map((layer) => {
      const below = LAYERS.filter((other) => {
        const imports = [{ from: other === 'contract' ? 'src/contract' : `src/${other}/other`, names: [] }];
        return layer !== other && violationsOf([{ file: `src/${layer}/some/file.ts`, imports }]).length === 0;
      });
      return [layer, below.length === 0 ? ['nothing'] : below];
    });
    expect(said).toEqual(allowed);
  });
});

describe('the check of a list of files', () => {
  const sources: Readonly<Record<string, string>> = {
    'static/src/page.tsx': "import { submit } from './submit';",
    'static/src/submit.ts': "import type { Input } from '@contract'; invoke('page.move', {});",
    'src/contract/index.ts': "export * from './input'; export * from './other';",
    'src/contract/input.ts': 'export type Input = { readonly id: number };',
    'src/contract/other.ts': 'export type Other = { readonly id: number };',
    'src/features/page/resolver.ts': "makeResolver({ 'page.move': move }); import { move } from './move';",
    'src/features/page/move.ts': 'export function move() {}',
    'src/features/page/elsewhere.ts': "makeResolver({ 'page.remove': remove });",
  };
  const read: Project = (file) => sources[file] ?? null;
  const good = [
    'static/src/page.tsx',
    'static/src/submit.ts',
    'src/contract/input.ts',
    'src/features/page/resolver.ts',
    'src/features/page/move.ts',
  ];

  it('finds nothing in one that leads from the page by the name of a function to the server', () => {
    expect(faultsOf(good, read)).toEqual([]);
  });

  it.each([
    ['a file that is not there', [...good, 'src/gone.ts'], 'src/gone.ts does not exist'],
    ['a file that stands twice', [...good, 'static/src/submit.ts'], 'static/src/submit.ts stands twice'],
    [
      'a resolver that defines another function',
      [...good, 'src/features/page/elsewhere.ts'],
      'src/features/page/elsewhere.ts is not reached from any file before it',
    ],
    [
      'a file of an index from which another name is taken',
      [...good, 'src/contract/other.ts'],
      'src/contract/other.ts is not reached from any file before it',
    ],
    [
      'a file that comes before the one that imports it',
      ['static/src/page.tsx', 'src/features/page/move.ts', 'static/src/submit.ts', 'src/features/page/resolver.ts'],
      'src/features/page/move.ts is not reached from any file before it',
    ],
  ])('finds %s', (_what, files, fault) => {
    expect(faultsOf(files, read)).toEqual([fault]);
  });

  it('finds that a list is too long', () => {
    const many = Array.from({ length: MAX_FILES + 1 }, (_, index) => `src/file${index}.ts`);
    const chain: Project = (file) => {
      const index = many.indexOf(file);
      return index < 0 ? null : `import { next } from './file${index + 1}';`;
    };
    expect(faultsOf(many, chain)).toEqual(['the list is too long']);
  });
});
