import { JqlError } from './error';
import { tokensOf, type Token } from './tokens';

/** The operators that the sandbox knows. */
export type Operator = (typeof SIGNS)[number] | 'in' | 'not in' | 'is' | 'is not';

/** The operators that are written as signs. */
const SIGNS = ['=', '!=', '>=', '>', '<=', '<', '~', '!~'] as const;

const WRITTEN: Readonly<Record<string, Operator>> = { 'not in': 'not in', 'is not': 'is not', in: 'in', is: 'is' };

/** A value of a clause, or a function that stands for some. */
export type Value = { readonly kind: 'text'; readonly text: string } | FunctionCall;
/** A function as it stands in a query. */
export type FunctionCall = { readonly kind: 'function'; readonly name: string; readonly arguments: readonly string[] };

/** `reporter in ("a", "b")`; `isList` when the values stand in parentheses. `is` and `is not` have no values. */
export type Clause = {
  readonly kind: 'clause';
  readonly field: string;
  readonly operator: Operator;
  readonly values: readonly Value[];
  readonly isList: boolean;
};

/** A query as a tree. */
export type Node =
  | Clause
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Node[] }
  | { readonly kind: 'not'; readonly part: Node };

/** A part of `ORDER BY`; `direction` is null where it is left to the field. */
export type Sorting = { readonly field: string; readonly direction: 'asc' | 'desc' | null };

/** A query: what it asks for, null for everything, and in which order. */
export type Query = { readonly node: Node | null; readonly sortings: readonly Sorting[] };

/** How far the reading of a query is. */
type Reading = { readonly tokens: readonly Token[]; at: number };

/** Reads a query. Throws a JqlError that says what was expected where. */
export function parseJql(text: string): Query {
  const reading: Reading = { tokens: tokensOf(text), at: 0 };
  const isBounded = reading.tokens.length > 0 && !isOrderBy(reading);
  const node = isBounded ? or(reading) : null;
  if (reading.at < reading.tokens.length && !isOrderBy(reading)) fail(reading, "'AND', 'OR' or 'ORDER BY'");
  return { node, sortings: takeOrder(reading) };
}

/** `ORDER BY created DESC, key`, up to the end of the query. */
function takeOrder(reading: Reading): Sorting[] {
  const sortings: Sorting[] = [];
  if (!isOrderBy(reading)) return sortings;
  reading.at += 2;
  for (;;) {
    const field = take(reading, 'a field').text;
    const direction = (['asc', 'desc'] as const).find((word) => isWord(reading, word)) ?? null;
    if (direction !== null) reading.at += 1;
    sortings.push({ field, direction });
    if (reading.at === reading.tokens.length) return sortings;
    skip(reading, ',');
  }
}

function isWord({ tokens, at }: Reading, word: string, ahead = 0): boolean {
  const token = tokens[at + ahead];
  return token?.kind === 'word' && token.text.toLowerCase() === word;
}

function isSign({ tokens, at }: Reading, sign: string): boolean {
  const token = tokens[at];
  return token?.kind === 'sign' && token.text === sign;
}

function isOrderBy(reading: Reading): boolean {
  return isWord(reading, 'order') && isWord(reading, 'by', 1);
}

function fail({ tokens, at }: Reading, wanted: string): never {
  const token = tokens[at];
  const got = token === undefined ? 'the query ends there' : `got '${token.text}'`;
  throw new JqlError(`Error in the JQL Query: Expecting ${wanted} but ${got}.`);
}

function take(reading: Reading, wanted: string): Token {
  const token = reading.tokens[reading.at];
  if (token === undefined || token.kind === 'sign') return fail(reading, wanted);
  reading.at += 1;
  return token;
}

function skip(reading: Reading, sign: string): void {
  if (!isSign(reading, sign)) fail(reading, `'${sign}'`);
  reading.at += 1;
}

function or(reading: Reading): Node {
  return joined(reading, 'or', and);
}

function and(reading: Reading): Node {
  return joined(reading, 'and', not);
}

function joined(reading: Reading, kind: 'and' | 'or', part: (reading: Reading) => Node): Node {
  const parts = [part(reading)];
  while (isWord(reading, kind)) {
    reading.at += 1;
    parts.push(part(reading));
  }
  const [first] = parts;
  return parts.length === 1 && first !== undefined ? first : { kind, parts };
}

function not(reading: Reading): Node {
  if (!isWord(reading, 'not') && !isSign(reading, '!')) return inner(reading);
  reading.at += 1;
  return { kind: 'not', part: not(reading) };
}

function inner(reading: Reading): Node {
  if (!isSign(reading, '(')) return clause(reading);
  reading.at += 1;
  const node = or(reading);
  skip(reading, ')');
  return node;
}

function clause(reading: Reading): Node {
  const field = take(reading, 'a field').text;
  const operator = takeOperator(reading);
  if (operator === 'is' || operator === 'is not') {
    if (!isWord(reading, 'empty') && !isWord(reading, 'null')) fail(reading, 'EMPTY');
    reading.at += 1;
    return { kind: 'clause', field, operator, values: [], isList: false };
  }
  const isList = isSign(reading, '(');
  if (isList && operator !== 'in' && operator !== 'not in')
    throw new JqlError(`Operator '${operator}' does not support the list of values for field '${field}'.`);
  const values = isList ? takeList(reading) : [takeValue(reading)];
  if (!isList && (operator === 'in' || operator === 'not in') && values[0]?.kind !== 'function')
    throw new JqlError(`Operator '${operator}' does not support the non-list value for field '${field}'.`);
  return { kind: 'clause', field, operator, values, isList };
}

function takeOperator(reading: Reading): Operator {
  const written = ([['not', 'in'], ['is', 'not'], ['in'], ['is']] as const).find((words) =>
    words.every((word, ahead) => isWord(reading, word, ahead)),
  );
  const sign = SIGNS.find((text) => isSign(reading, text));
  if (written !== undefined) {
    reading.at += written.length;
    return WRITTEN[written.join(' ')] ?? fail(reading, 'an operator');
  }
  if (sign !== undefined) {
    reading.at += 1;
    return sign;
  }
  return fail(reading, 'an operator');
}

function takeValue(reading: Reading): Value {
  const { kind, text: name } = take(reading, 'a value');
  return kind === 'word' && isSign(reading, '(')
    ? { kind: 'function', name, arguments: takeArguments(reading) }
    : { kind: 'text', text: name };
}

function takeList(reading: Reading): Value[] {
  skip(reading, '(');
  const values = [takeValue(reading)];
  while (isSign(reading, ',')) {
    reading.at += 1;
    values.push(takeValue(reading));
  }
  skip(reading, ')');
  return values;
}

function takeArguments(reading: Reading): string[] {
  skip(reading, '(');
  const values: string[] = [];
  while (!isSign(reading, ')')) {
    if (values.length > 0) skip(reading, ',');
    values.push(take(reading, 'an argument').text);
  }
  skip(reading, ')');
  return values;
}

/** The longest list of values in a query. */
export function longestList(node: Node | null): number {
  if (node === null) return 0;
  switch (node.kind) {
    case 'clause':
      return node.values.length;
    case 'not':
      return longestList(node.part);
    case 'and':
    case 'or':
      return Math.max(...node.parts.map(longestList));
  }
}
