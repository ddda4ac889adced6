import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { parse } from 'yaml';
import { z } from 'zod';
import type { EntryPoints } from './entryPoints';

const moduleSchema = z.looseObject({
  key: z.string(),
  function: z.string().optional(),
  resolver: z.object({ function: z.string() }).optional(),
  dynamicProperties: z.object({ function: z.string() }).optional(),
  /** Of a field: what computes its value. */
  view: z.looseObject({ value: z.object({ function: z.string() }).optional() }).optional(),
});
const functionSchema = z.object({ key: z.string(), handler: z.string() });
const manifestSchema = z.object({ modules: z.record(z.string(), z.array(z.unknown())) });

/** The entry points that have a page: folder of static/src, types of the contract with the file or folder that they are in, file of the resolver. */
const PAGES = [
  { entryPoint: 'panel', definitions: /^PanelDefinitions$/, contract: 'panel.ts', resolver: 'panel/resolver.ts' },
  // Each tab has a type of its own; one that is left out of the whole is found here all the same.
  { entryPoint: 'admin', definitions: /Definitions$/, contract: 'admin', resolver: 'admin/resolver.ts' },
  {
    entryPoint: 'action',
    definitions: /^ActionFormDefinitions$/,
    contract: 'action.ts',
    resolver: 'automation/form.ts',
  },
  { entryPoint: 'board', definitions: /^BoardDefinitions$/, contract: 'board.ts', resolver: 'board/resolver.ts' },
  { entryPoint: 'bulk', definitions: /^BulkDefinitions$/, contract: 'bulk.ts', resolver: 'bulk/page/resolver.ts' },
];

/** Reads both sides of every entry point from the files of the project. */
export function readEntryPoints(root: string): EntryPoints {
  const { modules } = manifestSchema.parse(parse(readFileSync(path.join(root, 'manifest.yml'), 'utf8')));
  const others = Object.entries(modules).filter(([type]) => type !== 'function');
  const used = others.flatMap(([, entries]) => entries.map((entry) => moduleSchema.parse(entry)));
  return {
    functions: (modules.function ?? []).map((entry) => functionSchema.parse(entry)),
    usedFunctions: used.flatMap((module) =>
      [
        module.function,
        module.resolver?.function,
        module.view?.value?.function,
        module.dynamicProperties?.function,
      ].flatMap((functionKey) => (functionKey === undefined ? [] : [{ module: module.key, functionKey }])),
    ),
    exports: exportsOf(read(root, 'src/index.ts')),
    invokes: PAGES.map(({ entryPoint, definitions, contract, resolver }) => ({
      entryPoint,
      contract: contractSources(root, contract).flatMap((source) => propertiesOf(source, definitions)),
      resolver: keysPassedTo(read(root, `src/features/${resolver}`), 'makeResolver'),
      page: namesInvoked(sourcesBelow(path.join(root, 'static/src', entryPoint)).join('\n'), entryPoint),
    })),
  };
}

function read(root: string, file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

function contractSources(root: string, fileOrFolder: string): string[] {
  return fileOrFolder.endsWith('.ts')
    ? [read(root, `src/contract/${fileOrFolder}`)]
    : sourcesBelow(path.join(root, 'src/contract', fileOrFolder));
}

function sourcesBelow(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /\.tsx?$/.test(name)).map((name) => readFileSync(path.join(folder, name), 'utf8'));
}

function visit(source: string, look: (node: ts.Node) => void): void {
  const walk = (node: ts.Node): void => {
    look(node);
    ts.forEachChild(node, walk);
  };
  walk(ts.createSourceFile('source.tsx', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
}

/** The names that a file re-exports. */
export function exportsOf(source: string): string[] {
  const names: string[] = [];
  visit(source, (node) => {
    if (ts.isExportSpecifier(node)) names.push(node.name.text);
  });
  return names;
}

/** The property names of the types of such a name that are written as objects. */
export function propertiesOf(source: string, typeName: RegExp): string[] {
  const names: string[] = [];
  visit(source, (node) => {
    if (!ts.isTypeAliasDeclaration(node) || !typeName.test(node.name.text) || !ts.isTypeLiteralNode(node.type)) return;
    for (const member of node.type.members)
      if (member.name !== undefined && ts.isStringLiteral(member.name)) names.push(member.name.text);
  });
  return names;
}

/** The keys of the object that a file passes to a function. */
export function keysPassedTo(source: string, callee: string): string[] {
  const names: string[] = [];
  visit(source, (node) => {
    if (!ts.isCallExpression(node) || node.expression.getText() !== callee) return;
    const [argument] = node.arguments;
    if (argument === undefined || !ts.isObjectLiteralExpression(argument)) return;
    for (const property of argument.properties)
      if (property.name !== undefined && ts.isStringLiteral(property.name)) names.push(property.name.text);
  });
  return names;
}

/** The names of an entry point's functions that a page invokes: what else looks like one is a key of a text. */
export function namesInvoked(source: string, entryPoint: string): string[] {
  const names = new Set<string>();
  visit(source, (node) => {
    if (!ts.isCallExpression(node) || node.expression.getText() !== 'invoke') return;
    const [name] = node.arguments;
    if (name !== undefined && ts.isStringLiteral(name) && name.text.startsWith(`${entryPoint}.`)) names.add(name.text);
  });
  return [...names];
}
