import { z } from 'zod';
import { API_CLIENT_ACTS, err, ok, plainName, type ApiClientAct, type Result } from '../../contract';
import { parseInput } from '../../usecases/result';
import { hintOf, unfilledIn } from './bodyHint';
import { reasonWords } from './inputReasonWords';
import { DEEPEST, excerptOf, jsonFaultIn, repeatedNames, roundedNumbers, type JsonFault } from './jsonFault';
import type { RuleChange } from './ruleChange';
import { timeOf } from './sentAt';
import { issueInput, segmentInput } from './textInput';

/** What an API client asks for; the time is in milliseconds since the epoch. */
export type ApiBody = {
  readonly operationId: string;
  readonly sentAtMs: number;
  readonly issueKey: string;
  readonly action: ApiClientAct;
  /** Null where it only wants to look. */
  readonly change: RuleChange | null;
};

/** A body, or what is wrong with it, in sentences for whoever wrote it. */
type ReadBody = Result<ApiBody, string>;

const NAMES = ['operationId', 'sentAt', 'action', 'issueKey', 'source', 'target'] as const;
type Name = (typeof NAMES)[number];
/** The fields in which a number stands for an id. */
const IDS = ['operationId', 'issueKey', 'source', 'target'] as const satisfies readonly Name[];
/** The segments that each action is about; the other fields stand in every body. */
const SEGMENTS_OF: Readonly<Record<ApiClientAct, readonly Name[]>> = {
  move: ['source', 'target'],
  remove: ['source'],
  add: ['target'],
  get: [],
};
/** What each field is to look like. */
export const FORMS: Readonly<Record<Name, string>> = {
  operationId: '8 to 100 letters, digits and . _ : -, another one for each change',
  sentAt:
    'the time of the request with its zone, such as 2026-11-28T09:00:00Z, in a rule {{now}}, or seconds since 1970',
  action: '"move", "remove", "add" or "get"',
  issueKey: 'a work item such as "ACME-101"',
  source: 'a segment’s id such as "#19", or its exact name',
  target: 'a segment’s id such as "#15", or its exact name',
};
/** So much of a strange field's name is repeated. */
const MAX_NAME = 50;
const EXAMPLE =
  '{"operationId":"ACME-101-joins","sentAt":"2026-11-28T09:00:00Z","action":"move",' +
  '"issueKey":"ACME-101","source":"#19","target":"#15"}';

const operationId = z.preprocess(
  (value) => (typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value),
  z
    .string()
    .min(8)
    .max(100)
    .regex(/^[\w.:-]+$/),
);
const sentAt = z.preprocess(
  (value) => (typeof value === 'number' ? String(value) : value),
  z
    .string()
    .transform(plainName)
    .pipe(z.string().min(1))
    .transform((value, context) => {
      const atMs = timeOf(value);
      if (atMs !== null) return atMs;
      context.addIssue({ code: 'custom' });
      return z.NEVER;
    }),
);
const fieldsSchema = z.custom<object>((json) => typeof json === 'object' && json !== null && !Array.isArray(json));

/** Reads the body of a web request: the one place that says what is wrong with one. */
export function readApiBody(sent: string): ReadBody {
  // Some tools put a byte order mark before what they send, and some put one before another's.
  const text = sent.replace(/^\ufeff+/, '');
  const fault = jsonFaultIn(text);
  if (fault !== null) return wrong(notJson(text, fault));
  const fields = fieldsSchema.safeParse(JSON.parse(text));
  if (!fields.success) return wrong(`The body is JSON, and no object with fields.${wrapped(text)}`);
  const [twice] = repeatedNames(text);
  if (twice !== undefined) return wrong(`The field ${quoted(twice)} is in the body twice.`);
  return readFields(new Map<string, unknown>(Object.entries(fields.data)), roundedIn(text));
}

/** What is wrong with ids that would be others by the time they are read; of a time only what is too exact is lost. */
function roundedIn(text: string): ReadonlyMap<Name, string> {
  const rounded = roundedNumbers(text);
  return new Map(
    IDS.flatMap((name) => {
      const written = rounded.get(name);
      if (written === undefined) return [];
      const shown = excerptOf(written, MAX_NAME);
      return [[name, `The number ${shown} in "${name}" can’t be kept digit by digit. Expected: ${FORMS[name]}.`]];
    }),
  );
}

function readFields(fields: ReadonlyMap<string, unknown>, rounded: ReadonlyMap<Name, string>): ReadBody {
  const action = API_CLIENT_ACTS.find((one) => one === fields.get('action'));
  const strange = [...fields.keys()].filter((name) => !NAMES.some((one) => one === name));
  const mistakes = strange.map((name) => `The field ${quoted(name)} is not known.`);
  const read = <T>(name: Name, schema: z.ZodType<T>): T | null => {
    const wasRounded = rounded.get(name);
    if (wasRounded !== undefined) {
      mistakes.push(wasRounded);
      return null;
    }
    const value = fields.get(name);
    const unfilled = unfilledIn(value);
    if (unfilled !== null) {
      mistakes.push(
        `In "${name}" stands ${unfilled}, a smart value that nothing has filled in. Expected: ${FORMS[name]}.`,
      );
      return null;
    }
    const parsed = parseInput(schema, value);
    if (parsed.kind === 'ok') return parsed.value;
    const reason = parsed.problem.code === 'invalidInput' ? parsed.problem.reason : ({ code: 'wrongForm' } as const);
    mistakes.push(`The input "${name}" is not right: ${reasonWords(reason)}. Expected: ${FORMS[name]}.`);
    return null;
  };
  const common = {
    operationId: read('operationId', operationId),
    sentAtMs: read('sentAt', sentAt),
    action: read('action', z.enum(API_CLIENT_ACTS)),
    issueKey: read('issueKey', issueInput),
  };
  const change = action === undefined ? null : readChange(action, (name) => read(name, segmentInput));
  if (action !== undefined) mistakes.push(...superfluous(action, fields));
  const { operationId: id, sentAtMs, issueKey } = common;
  return mistakes.length > 0 || action === undefined || id === null || sentAtMs === null || issueKey === null
    ? wrong(mistakes.join(' '))
    : ok({ operationId: id, sentAtMs, issueKey, action, change });
}

function readChange(action: ApiClientAct, read: (name: 'source' | 'target') => string | null): RuleChange | null {
  const [source, target] = (['source', 'target'] as const).map((name) =>
    SEGMENTS_OF[action].includes(name) ? (read(name) ?? '') : '',
  );
  switch (action) {
    case 'move':
      return { kind: action, source: source ?? '', target: target ?? '' };
    case 'remove':
      return { kind: action, source: source ?? '', target: null };
    case 'add':
      return { kind: action, source: null, target: target ?? '' };
    case 'get':
      return null;
  }
}

/** Segments that the action has no use for: whoever sends them means something else than what would be done. */
function superfluous(action: ApiClientAct, fields: ReadonlyMap<string, unknown>): string[] {
  return (['source', 'target'] as const)
    .filter(
      (name) => !SEGMENTS_OF[action].includes(name) && ![undefined, null, ''].some((no) => fields.get(name) === no),
    )
    .map((name) => `The field "${name}" does not go with the action "${action}".`);
}

function notJson(text: string, fault: JsonFault): string {
  if (text.trim() === '') return 'The body is not JSON: it is empty.';
  const { line, column, found, wanted } = fault;
  const place = `in line ${line}, column ${column}`;
  if (wanted === DEEPEST) return `The body is nested too deep: ${place}, there are ${DEEPEST}.`;
  const there = found === '' ? 'it ends' : `“${found}” stands`;
  return `The body is not JSON: ${place}, ${there} where ${wanted} was expected.${hintOf(text, fault)}`;
}

/** What else than an object is sent as if it were one. */
function wrapped(text: string): string {
  if (text.trim().startsWith('[')) return ' It is a list: send each request by itself.';
  return text.trim().startsWith('"') ? ' It is a text: send the object without quotes around it.' : '';
}

function quoted(name: string): string {
  return `"${excerptOf(name, MAX_NAME)}"`;
}

function wrong(mistake: string): ReadBody {
  return err(`${mistake} The form of a body is ${EXAMPLE}.`);
}
