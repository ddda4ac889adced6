import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/**
 * The operations of Jira's REST API that the app's source asks for, as `GET /rest/api/3/issue/{}`:
 * every path that stands in src and static/src, with the verb of the call that it stands in.
 */
export function operationsInSource(): string[] {
  const sources = ['src', 'static/src'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => readFileSync(path.join(folder, name), 'utf8')),
  );
  return [...new Set(sources.flatMap(operationsOf))].sort();
}

/** The operations in a source: of each path the verb of the statement that it stands in, `GET` unless it says another. */
export function operationsOf(source: string): string[] {
  const file = ts.createSourceFile('source.tsx', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node, statement: ts.Node): void => {
    const around = ts.isStatement(node) && !ts.isBlock(node) && !ts.isFunctionDeclaration(node) ? node : statement;
    if (ts.isTemplateExpression(node) || ts.isStringLiteralLike(node)) {
      const [, resource] = /^[`'](\/rest\/[^`'?\s]*)/.exec(node.getText(file)) ?? [];
      if (resource !== undefined)
        found.push(`${verbOf(around.getText(file))} ${resource.replaceAll(/\$\{[^}]*\}/g, '{}')}`);
    }
    ts.forEachChild(node, (child) => visit(child, around));
  };
  visit(file, file);
  return found;
}

function verbOf(statement: string): 'GET' | 'POST' {
  return /'POST'|\bpostJson\(/.test(statement) ? 'POST' : 'GET';
}
