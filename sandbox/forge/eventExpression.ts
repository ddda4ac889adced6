import { z } from 'zod';

/**
 * The part of Jira's expression language that filters of events are written in here: access to members, also
 * optional; texts, numbers, booleans and null; `==`, `!=`, `!`, `&&`, `||`, parentheses; and `some` and `every` of a
 * list. Anything else throws when it is parsed, so that a filter never means something in the sandbox that nobody has
 * looked at.
 * @see https://developer.atlassian.com/cloud/jira/platform/jira-expressions/
 */

/** What came of a filter: Forge drops the event, delivers it, or looks at what `onError` says. */
type FilterOutcome =
  { readonly kind: 'delivered' } | { readonly kind: 'dropped' } | { readonly kind: 'error'; readonly why: string };

/** A filter that was parsed. */
export type EventExpression = (event: object) => FilterOutcome;

type Scope = ReadonlyMap<string, unknown>;
type Node = (scope: Scope) => unknown;

/** What a filter runs into while it is evaluated. */
class EvaluationError extends Error {}

const mapSchema = z.record(z.string(), z.unknown());
const LONGEST = 10_000;
const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?)|('[^'\\]*'|"[^"\\]*")|([A-Za-z_$][\w$]*)|(=>|\?\.|===|!==|==|!=|&&|\|\||[()[\].,!]))/y;

/** Parses a filter. Throws for what the sandbox does not model. */
export function parseEventExpression(text: string): EventExpression {
  if (text.length > LONGEST) throw new Error(`An expression has at most ${LONGEST} characters`);
  const parser = parserOf(tokensOf(text));
  const node = parseOr(parser);
  if (parser.peek() !== undefined) throw notModelled(parser.peek());
  return (event) => {
    try {
      const value = node(new Map([['event', event]]));
      if (value === true) return { kind: 'delivered' };
      return value === false
        ? { kind: 'dropped' }
        : { kind: 'error', why: `The expression is no Boolean but ${JSON.stringify(value)}` };
    } catch (error) {
      if (error instanceof EvaluationError) return { kind: 'error', why: error.message };
      throw error;
    }
  };
}

type Parser = {
  readonly peek: (ahead?: number) => string | undefined;
  readonly take: (expected?: string) => string;
  /** Takes the next token where it is that one. */
  readonly skip: (token: string) => boolean;
};

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const token = TOKEN.exec(text)?.[0].trim();
    if (token === undefined) throw notModelled(text.slice(from, from + 10).trim());
    tokens.push(token);
  }
  return tokens;
}

function parserOf(tokens: readonly string[]): Parser {
  let place = 0;
  const peek = (ahead = 0): string | undefined => tokens[place + ahead];
  const take = (expected?: string): string => {
    const token = tokens[place];
    if (token === undefined || (expected !== undefined && token !== expected)) throw notModelled(token);
    place += 1;
    return token;
  };
  return {
    peek,
    take,
    skip: (token) => {
      if (peek() !== token) return false;
      place += 1;
      return true;
    },
  };
}

function parseOr(parser: Parser): Node {
  const left = parseAnd(parser);
  if (!parser.skip('||')) return left;
  const right = parseOr(parser);
  return (scope) => truth(left(scope)) || truth(right(scope));
}

function parseAnd(parser: Parser): Node {
  const left = parseEquality(parser);
  if (!parser.skip('&&')) return left;
  const right = parseAnd(parser);
  return (scope) => truth(left(scope)) && truth(right(scope));
}

function parseEquality(parser: Parser): Node {
  const left = parseUnary(parser);
  const isEqual = parser.skip('==');
  if (!isEqual && !parser.skip('!=')) return left;
  const right = parseUnary(parser);
  return (scope) => (left(scope) === right(scope)) === isEqual;
}

function parseUnary(parser: Parser): Node {
  if (!parser.skip('!')) return parseMembers(parser);
  const operand = parseUnary(parser);
  return (scope) => !truth(operand(scope));
}

function parseMembers(parser: Parser): Node {
  let node = parsePrimary(parser);
  for (;;) {
    const isOptional = parser.peek() === '?.';
    if (!isOptional && parser.peek() !== '.') return node;
    parser.take();
    const name = parser.take();
    if (!/^[A-Za-z_$]/.test(name)) throw notModelled(name);
    node = parser.peek() === '(' ? parseCall(parser, node, name) : memberOf(node, name, isOptional);
  }
}

function memberOf(owner: Node, name: string, isOptional: boolean): Node {
  return (scope) => {
    const value = owner(scope);
    if (value === null && isOptional) return null;
    const members = mapSchema.safeParse(value);
    if (members.success && Object.hasOwn(members.data, name)) return members.data[name];
    // Optional access is documented for what may fail, so that it covers a member that is not there as well.
    if (isOptional) return null;
    throw new EvaluationError(`Unrecognized property: ${name}`);
  };
}

function parseCall(parser: Parser, owner: Node, name: string): Node {
  if (name !== 'some' && name !== 'every') throw notModelled(`${name}(`);
  parser.take('(');
  const parameter = parser.take();
  if (!/^[A-Za-z_$]/.test(parameter)) throw notModelled(parameter);
  parser.take('=>');
  const body = parseOr(parser);
  parser.take(')');
  return (scope) => {
    const list = owner(scope);
    if (!Array.isArray(list)) throw new EvaluationError(`${name} is a function of lists`);
    const holds = (item: unknown): boolean => truth(body(new Map([...scope, [parameter, item]])));
    return name === 'some' ? list.some(holds) : list.every(holds);
  };
}

function parsePrimary(parser: Parser): Node {
  if (parser.skip('(')) {
    const inner = parseOr(parser);
    parser.take(')');
    return inner;
  }
  const token = parser.take();
  if (/^\d/.test(token)) return () => Number(token);
  if (/^['"]/.test(token)) return () => token.slice(1, -1);
  if (token === 'true' || token === 'false') return () => token === 'true';
  if (token === 'null') return () => null;
  if (!/^[A-Za-z_$]/.test(token)) throw notModelled(token);
  return (scope) => {
    if (!scope.has(token)) throw new EvaluationError(`Unrecognized variable: ${token}`);
    return scope.get(token);
  };
}

function truth(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new EvaluationError(`Expected a Boolean, not ${JSON.stringify(value)}`);
}

function notModelled(token: string | undefined): Error {
  return new Error(`The sandbox does not model ${token ?? 'the end'} in the expression of a filter`);
}
