import { JqlError } from './error';
import { tokensOf, type Token } from './tokens';

/** The operators that the sandbox knows. */
export type Operator = '=' | '!=' | '>=' | 'in' | 'not in' | 'is' | 'is not';

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

/**
 * Reads a query; null for an empty one. `ORDER BY` is read over, whatever it says: the search sorts.
 * Throws a JqlError that says what was expected where.
 */
export function parseJql(text: string): Node | null {
  const tokens = tokensOf(text);
  let at = 0;
  const isWord = (word: string, ahead = 0): boolean => {
    const token = tokens[at + ahead];
    return token?.kind === 'word' && token.text.toLowerCase() === word;
  };
  const isSign = (sign: string, ahead = 0): boolean =>
    tokens[at + ahead]?.kind === 'sign' && tokens[at + ahead]?.text === sign;
  const isOrderBy = (): boolean => isWord('order') && isWord('by', 1);
  const got = (): string => {
    const token = tokens[at];
    return token === undefined ? 'the query ends there' : `got '${token.text}'`;
  };
  const fail = (wanted: string): never => {
    throw new JqlError(`Error in the JQL Query: Expecting ${wanted} but ${got()}.`);
  };
  const take = (wanted: string): Token => {
    const token = tokens[at];
    if (token === undefined || token.kind === 'sign') return fail(wanted);
    at += 1;
    return token;
  };
  const skip = (sign: string): void => {
    if (!isSign(sign)) fail(`'${sign}'`);
    at += 1;
  };

  function joined(kind: 'and' | 'or', part: () => Node): Node {
    const parts = [part()];
    while (isWord(kind)) {
      at += 1;
      parts.push(part());
    }
    const [first] = parts;
    return parts.length === 1 && first !== undefined ? first : { kind, parts };
  }
  const or = (): Node => joined('or', and);
  const and = (): Node => joined('and', not);
  function not(): Node {
    if (!isWord('not') && !isSign('!')) return inner();
    at += 1;
    return { kind: 'not', part: not() };
  }
  function inner(): Node {
    if (!isSign('(')) return clause();
    at += 1;
    const node = or();
    skip(')');
    return node;
  }
  function clause(): Node {
    const field = take('a field').text;
    const operator = takeOperator();
    if (operator === 'is' || operator === 'is not') {
      if (!isWord('empty') && !isWord('null')) fail('EMPTY');
      at += 1;
      return { kind: 'clause', field, operator, values: [], isList: false };
    }
    const isList = isSign('(');
    if (isList && (operator === '=' || operator === '!=' || operator === '>='))
      throw new JqlError(`Operator '${operator}' does not support the list of values for field '${field}'.`);
    const values = isList ? takeList() : [takeValue()];
    if (!isList && (operator === 'in' || operator === 'not in') && values[0]?.kind !== 'function')
      throw new JqlError(`Operator '${operator}' does not support the non-list value for field '${field}'.`);
    return { kind: 'clause', field, operator, values, isList };
  }
  function takeOperator(): Operator {
    const written = ([['not', 'in'], ['is', 'not'], ['in'], ['is']] as const).find((words) =>
      words.every((word, ahead) => isWord(word, ahead)),
    );
    const sign = (['=', '!=', '>='] as const).find((text) => isSign(text));
    const token = tokens[at];
    if (written !== undefined) {
      at += written.length;
      return WRITTEN[written.join(' ')] ?? fail('an operator');
    }
    if (sign !== undefined) {
      at += 1;
      return sign;
    }
    if (token?.kind === 'sign') throw new JqlError(`The sandbox's JQL has no operator '${token.text}'.`);
    return fail('an operator');
  }
  function takeValue(): Value {
    const { kind, text: name } = take('a value');
    return kind === 'word' && isSign('(')
      ? { kind: 'function', name, arguments: takeArguments() }
      : { kind: 'text', text: name };
  }
  function takeList(): Value[] {
    skip('(');
    const values = [takeValue()];
    while (isSign(',')) {
      at += 1;
      values.push(takeValue());
    }
    skip(')');
    return values;
  }
  function takeArguments(): string[] {
    skip('(');
    const values: string[] = [];
    while (!isSign(')')) {
      if (values.length > 0) skip(',');
      values.push(take('an argument').text);
    }
    skip(')');
    return values;
  }

  if (tokens.length === 0 || isOrderBy()) return null;
  const node = or();
  if (at < tokens.length && !isOrderBy()) fail("'AND', 'OR' or 'ORDER BY'");
  return node;
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
