import { IntlMessageFormat } from 'intl-messageformat';
import ts from 'typescript';
import type { Messages } from '../../static/src/i18n';

/** The texts of a catalogue by their keys, such as `common.cancel`. */
export function textsOf(messages: Messages, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(messages).flatMap(([name, part]) =>
      typeof part === 'string' ? [[prefix + name, part] as const] : [...textsOf(part, `${prefix}${name}.`)],
    ),
  );
}

type Node = ReturnType<IntlMessageFormat['getAst']>[number];

/** The places of a text and how each is filled, such as `count: plural`. Throws when the text can't be parsed. */
export function placesOf(text: string, locale: string): string[] {
  const places = (nodes: readonly Node[]): string[] =>
    nodes.flatMap((node) => {
      if (!('value' in node) || typeof node.value !== 'string' || KINDS[node.type] === undefined) return [];
      const inside = 'options' in node ? Object.values(node.options).flatMap((option) => places(option.value)) : [];
      return [`${node.value}: ${KINDS[node.type]}`, ...inside];
    });
  return [...new Set(places(new IntlMessageFormat(text, locale, undefined, { ignoreTag: true }).getAst()))].sort();
}

/** The parser's numbers for the kinds of a place; 0 is plain text. */
const KINDS: Readonly<Record<number, string>> = {
  1: 'text',
  2: 'number',
  3: 'date',
  4: 'time',
  5: 'select',
  6: 'plural',
};

/** What a source says to whoever reads the page: keys of the catalogue, and texts that stand in the code itself. */
export type Sayings = {
  /** Every literal that could be a key; one with parts that are only known later as a pattern. */
  readonly keys: readonly RegExp[];
  /** Calls of `t` whose key and values are written out: the key and the names of the values; null where these are not. */
  readonly calls: readonly { readonly key: RegExp; readonly values: readonly string[] | null }[];
  readonly hardCoded: readonly string[];
};

/** Attributes that a person reads or hears. */
const READ =
  /^(title|alt|placeholder|label|hint|text|copy|heading|error|description|aria-(label|description|valuetext|placeholder|roledescription))$/;

/** Reads a source file of the pages; its name says whether there are tags in it. */
export function sayingsOf(source: string, name = 'source.tsx'): Sayings {
  const keys: RegExp[] = [];
  const calls: { key: RegExp; values: string[] | null }[] = [];
  const hardCoded: string[] = [];
  const walk = (node: ts.Node): void => {
    const pattern = patternOf(node);
    if (pattern !== null) keys.push(pattern);
    if (ts.isCallExpression(node) && node.expression.getText() === 't') calls.push(...callsOf(node));
    if (isHardCoded(node)) hardCoded.push(node.getText().trim());
    ts.forEachChild(node, walk);
  };
  walk(ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true));
  return { keys, calls, hardCoded };
}

function patternOf(node: ts.Node): RegExp | null {
  if (ts.isStringLiteralLike(node)) return /^[\w-]+(\.[\w-]+)+$/.test(node.text) ? exactly([node.text]) : null;
  // A key is known at least by its section.
  if (!ts.isTemplateExpression(node) || !/^[a-z]+\./.test(node.head.text)) return null;
  return exactly([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)]);
}

function exactly(parts: readonly string[]): RegExp {
  return new RegExp(`^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[\\w-]+')}$`);
}

function callsOf(node: ts.CallExpression): { key: RegExp; values: string[] | null }[] {
  const [key, given] = node.arguments;
  const pattern = key === undefined ? null : patternOf(key);
  if (key === undefined || pattern === null) return [];
  const isWritten =
    ts.isStringLiteralLike(key) &&
    (given === undefined || (ts.isObjectLiteralExpression(given) && !given.properties.some(ts.isSpreadAssignment)));
  if (!isWritten) return [{ key: pattern, values: null }];
  if (given === undefined || !ts.isObjectLiteralExpression(given)) return [{ key: pattern, values: [] }];
  return [{ key: pattern, values: given.properties.map(({ name }) => name?.getText() ?? '') }];
}

function isHardCoded(node: ts.Node): boolean {
  if (ts.isJsxText(node)) return /\p{L}/u.test(node.text);
  if (!ts.isStringLiteralLike(node) && !ts.isTemplateExpression(node)) return false;
  if (
    !/\p{L}/u.test(
      ts.isTemplateExpression(node)
        ? node.head.text + node.templateSpans.map(({ literal }) => literal.text).join('')
        : node.text,
    )
  )
    return false;
  const { parent } = node;
  if (ts.isJsxAttribute(parent)) return READ.test(parent.name.getText());
  if (ts.isJsxExpression(parent))
    return ts.isJsxAttribute(parent.parent) ? READ.test(parent.parent.name.getText()) : true;
  // A sentence anywhere else; what an error says is for the log.
  return (
    /^[A-Z]\p{L}*[,;:]? .*\p{L}/u.test(ts.isTemplateExpression(node) ? node.head.text : node.text) &&
    !(ts.isNewExpression(parent) && /Error$/.test(parent.expression.getText()))
  );
}
