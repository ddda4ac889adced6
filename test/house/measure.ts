import ts from 'typescript';

/** One source file of the product: its path in the project and its text. */
export type Source = { readonly file: string; readonly text: string };
/** A place that a measure names: file, line (counted from 1) and what is there. */
export type Place = { readonly file: string; readonly line: number; readonly what: string };

/** The longest line, in characters, and the longest function, in lines. */
const MAX_LINE = 120;
const MAX_FUNCTION_LINES = 60;
/** The most parameters that a function takes. */
const MAX_PARAMETERS = 4;

/** The lines that are longer than {@link MAX_LINE}. */
export function longLines({ file, text }: Source): Place[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      line.length > MAX_LINE ? [{ file, line: index + 1, what: `${line.length} characters` }] : [],
    );
}

/** The functions that are longer than {@link MAX_FUNCTION_LINES}, from their first to their last line. */
export function longFunctions(source: Source): Place[] {
  return functionsOf(source).flatMap(({ file, line, name, lines }) =>
    lines > MAX_FUNCTION_LINES ? [{ file, line, what: `${name} has ${lines} lines` }] : [],
  );
}

/** The functions with more than {@link MAX_PARAMETERS} parameters. */
export function crowdedFunctions(source: Source): Place[] {
  return functionsOf(source).flatMap(({ file, line, name, parameters }) =>
    parameters > MAX_PARAMETERS ? [{ file, line, what: `${name} takes ${parameters} parameters` }] : [],
  );
}

type Measured = {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly lines: number;
  readonly parameters: number;
};

function functionsOf({ file, text }: Source): Measured[] {
  const kind = file.endsWith('.tsx') ? ts.ScriptKind.TSX : /js$/.test(file) ? ts.ScriptKind.JS : ts.ScriptKind.TS;
  const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind);
  const found: Measured[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      const first = parsed.getLineAndCharacterOfPosition(node.getStart(parsed)).line;
      const last = parsed.getLineAndCharacterOfPosition(node.getEnd()).line;
      found.push({
        file,
        line: first + 1,
        name: nameOf(node),
        lines: last - first + 1,
        parameters: node.parameters.length,
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return found;
}

function nameOf(node: ts.SignatureDeclaration): string {
  if (node.name !== undefined) return node.name.getText();
  return ts.isVariableDeclaration(node.parent) || ts.isPropertyAssignment(node.parent)
    ? node.parent.name.getText()
    : 'a function';
}

/** The middle of some numbers, in order; 0 for none. */
export function medianOf(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
