import { z } from 'zod';
import type { JqlApp, JqlFunction } from '../../forge/jqlFunctions';
import type { Precomputation, Precomputations } from '../precomputations';
import type { JiraIssue } from '../types';
import { JqlError } from './error';
import { fieldOf, type KeysInComparisons, type Viewer } from './fields';
import { matcherOf, type Matches } from './matcher';
import { orderOf } from './order';
import { longestList, parseJql, type Clause, type FunctionCall, type Node } from './parse';

/**
 * The most values that a list of a function's answer may have, and the most characters of the whole. Jira
 * documents neither; these are the sandbox's.
 */
export const MOST_VALUES = 1_000;
export const MOST_CHARACTERS = 60_000;
/** How long Jira keeps a function's answer that nobody updates. */
const KEPT_FOR_MS = 7 * 86_400_000;

/** What came of a query: the issues in it, or what Jira says of it. */
export type SearchResult =
  | { readonly kind: 'found'; readonly issues: readonly JiraIssue[] }
  | { readonly kind: 'refused'; readonly message: string };

/** What a search needs. */
export type SearchParts = {
  readonly app: JqlApp | null;
  readonly precomputations: Precomputations;
  /**
   * What becomes of a value in a function's answer that does not exist for the searcher, such as a project that they
   * may not see. Not documented: both are played.
   */
  readonly strangersInAnswers?: 'refused' | 'ignored';
  /** @see KeysInComparisons */
  readonly keysInComparisons?: KeysInComparisons;
  readonly nowMs: () => number;
};

/** Who searches, and the issues that they may see. */
type Searcher = Pick<Viewer, 'accountId' | 'issues' | 'fields'>;

const answerSchema = z.union([z.strictObject({ jql: z.string() }), z.strictObject({ error: z.string() })]);

/** Searches the issues that the viewer may see. A function of the app is asked when Jira keeps no answer of it. */
export async function search(parts: SearchParts, jql: string, searcher: Searcher): Promise<SearchResult> {
  const viewer: Viewer = {
    ...searcher,
    nowMs: parts.nowMs(),
    ...(parts.keysInComparisons === undefined ? {} : { keysInComparisons: parts.keysInComparisons }),
  };
  try {
    const { node, sortings } = parseJql(jql);
    const compare = orderOf(sortings, viewer);
    const issues = node === null ? viewer.issues : viewer.issues.filter(await matcherFor(parts, node, viewer));
    return { kind: 'found', issues: compare === null ? issues : issues.toSorted(compare) };
  } catch (error) {
    if (error instanceof JqlError) return { kind: 'refused', message: error.message };
    throw error;
  }
}

async function matcherFor(parts: SearchParts, node: Node, viewer: Viewer): Promise<Matches> {
  const fragments = new Map<Clause, Matches>();
  for (const clause of clausesOf(node)) {
    const call = appCallOf(clause, parts.app, viewer);
    if (call !== null) fragments.set(clause, await fragmentMatcher(parts, clause, call, viewer));
  }
  return matcherOf(node, viewer, (clause) => fragments.get(clause) ?? null);
}

function clausesOf(node: Node): Clause[] {
  switch (node.kind) {
    case 'clause':
      return [node];
    case 'not':
      return clausesOf(node.part);
    case 'and':
    case 'or':
      return node.parts.flatMap(clausesOf);
  }
}

type AppCall = { readonly declared: JqlFunction; readonly call: FunctionCall };

/**
 * The app's function in a clause, null when there is none. Throws a JqlError where its declaration does not
 * allow it.
 */
function appCallOf({ field, operator, values, isList }: Clause, app: JqlApp | null, viewer: Viewer): AppCall | null {
  const functions = app?.functions() ?? [];
  const found = values.flatMap((value) => {
    const declared =
      value.kind === 'function'
        ? functions.find(({ name }) => name.toLowerCase() === value.name.toLowerCase())
        : undefined;
    return value.kind === 'function' && declared !== undefined ? [{ declared, call: value }] : [];
  });
  const [first] = found;
  if (first === undefined) return null;
  const { declared, call } = first;
  if (isList)
    throw new JqlError(
      `The sandbox's JQL takes the function '${declared.name}' only alone: ${field} in ${declared.name}(…).`,
    );
  const about = fieldOf(field, viewer);
  const fits = about.kind === 'values' && about.isUser === true && declared.types.includes('user');
  if (!fits || !declared.operators.includes(operator))
    throw new JqlError(
      `Function '${declared.name}' can't be used with the field '${field}' and the operator '${operator}'.`,
    );
  const least = declared.arguments.filter(({ required }) => required).length;
  if (call.arguments.length < least || call.arguments.length > declared.arguments.length) {
    throw new JqlError(
      `Function '${declared.name}' expected '${declared.arguments.length}' arguments but received ` +
        `'${call.arguments.length}'.`,
    );
  }
  return first;
}

async function fragmentMatcher(
  parts: SearchParts,
  clause: Clause,
  { declared, call }: AppCall,
  viewer: Viewer,
): Promise<Matches> {
  const { value, error } = await answerOf(parts, clause, declared, call);
  if (value === null) throw new JqlError(error ?? '');
  if (value.length > MOST_CHARACTERS)
    throw new JqlError(
      `The answer of the function '${declared.name}' has ${value.length} characters; ${MOST_CHARACTERS} are allowed.`,
    );
  const { node } = parseJql(value);
  const longest = longestList(node);
  if (longest > MOST_VALUES)
    throw new JqlError(
      `The answer of the function '${declared.name}' has a list of ${longest} values; ${MOST_VALUES} are allowed.`,
    );
  // What an app answers can't name functions of apps: they are not found.
  const searcher = { ...viewer, ignoresStrangers: parts.strangersInAnswers === 'ignored' };
  return node === null ? () => true : matcherOf(node, searcher, () => null);
}

async function answerOf(
  { app, precomputations, nowMs }: SearchParts,
  { field, operator }: Clause,
  { key, functionKey, name }: JqlFunction,
  call: FunctionCall,
): Promise<Precomputation> {
  const which = { functionKey, functionName: name, arguments: call.arguments, field: field.toLowerCase(), operator };
  const kept = precomputations.use(which, nowMs());
  if (kept !== null && nowMs() - kept.updatedAtMs < KEPT_FOR_MS) return kept;
  const { arguments: values, field: asked } = which;
  const returned = await app
    ?.compute(key, { clause: { field: asked, functionName: name, operator, arguments: values } })
    .catch(() => null);
  const parsed = answerSchema.safeParse(returned);
  // Nothing is kept of a function that failed: the next search asks again.
  if (!parsed.success) throw new JqlError(`The function '${name}' could not be computed. Try again later.`);
  return precomputations.keep(
    which,
    'jql' in parsed.data ? { value: parsed.data.jql } : { error: parsed.data.error },
    nowMs(),
  );
}
