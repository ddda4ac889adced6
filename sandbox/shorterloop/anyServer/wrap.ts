import { http, type HttpAnswer } from '../envelope';
import type { ServerProfile } from '../profile';
import { put, type Json } from './records';

/** What stands around a list, and where. */
export type Wrapped = {
  readonly at: readonly string[];
  readonly value: unknown;
  /** Beside the list, on the outside: what is said of further pages. */
  readonly beside: Json;
  readonly headers: Readonly<Record<string, string>>;
};

/** An answer to a read, in the profile's envelope. */
export function wrapped(profile: ServerProfile, { at, value, beside, headers }: Wrapped): HttpAnswer {
  // A bare list has no place beside it.
  const status = profile.answers.readStatus;
  if (at.length === 0) return encoded(profile, value, headers, status);
  const body: Json = { ...successOf(profile), ...beside };
  put(body, at, value);
  return encoded(profile, body, headers, status);
}

/** How a profile says that something worked. */
export function successOf({ envelope }: ServerProfile): Json {
  switch (envelope.success) {
    case 'true':
      return { success: true, message: 'Done' };
    case 'text':
      return { success: 'true' };
    case 'one':
      return { success: 1 };
    case 'missing':
      return {};
    case 'status':
      return { status: 'success' };
    case 'code':
      return { code: 0, msg: 'ok' };
    case 'errorNull':
      return { error: null };
    case 'errorsEmpty':
      return { success: true, errors: [], messages: [] };
  }
}

/** JSON in the profile's charset, under the type that it claims. */
export function encoded(
  profile: ServerProfile,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
  status = 200,
): HttpAnswer {
  const { answers } = profile;
  const json = JSON.stringify(spelled(profile.envelope.spelling, value));
  // Numbers stand behind a colon, a bracket or a comma; no text in these answers does so.
  const text = answers.points ? json.replace(/(?<=[:[,])(\d+)(?=[,}\]])/g, '$1.0') : json;
  if (answers.markup !== 'json') return marked(answers.markup, value, status);
  const answer = http(status, text, headers);
  const typed = typeOf(answers);
  const { 'content-type': _json, ...others } = answer.headers;
  return { ...answer, headers: { ...others, ...typed }, charset: answers.charset };
}

/** Everything with its keys as a profile spells them; ids that are keys stay. */
function spelled(spelling: ServerProfile['envelope']['spelling'], value: unknown): unknown {
  if (spelling === 'kept' || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => spelled(spelling, one));
  const entries: [string, unknown][] = Object.entries(value);
  return Object.fromEntries(entries.map(([key, one]) => [spelledKey(spelling, key), spelled(spelling, one)]));
}

function spelledKey(spelling: Exclude<ServerProfile['envelope']['spelling'], 'kept'>, key: string): string {
  const words = key.split(/_|-|(?<=[a-z])(?=[A-Z])/).map((word) => word.toLowerCase());
  if (spelling === 'pascal') return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
  return words.join(spelling === 'snake' ? '_' : '-');
}

/** What is no JSON at all. */
function marked(markup: 'xml' | 'page', value: unknown, status: number): HttpAnswer {
  const text = JSON.stringify(value).replaceAll(/[^\w@. ]+/g, ' ');
  return markup === 'xml'
    ? http(status, `<?xml version="1.0"?><response>${text}</response>`, { 'content-type': 'application/xml' })
    : http(status, `<!DOCTYPE html><html><head><title>Segments</title></head><body>${text}</body></html>`, {
        'content-type': 'text/html',
      });
}

const TYPES = {
  json: 'application/json',
  text: 'text/plain',
  vendor: 'application/vnd.api+json',
  html: 'text/html',
} as const;
const CHARSETS = {
  utf8: 'utf-8',
  bom: 'utf-8',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  latin1: 'iso-8859-1',
} as const;

function typeOf({ contentType, charset, namesCharset }: ServerProfile['answers']): Record<string, string> {
  if (contentType === 'none') return {};
  const type = TYPES[contentType];
  return { 'content-type': namesCharset ? `${type}; charset=${CHARSETS[charset]}` : type };
}
