import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Answer } from '../../contract';
import { readKnown, readSubject } from '../../usecases/lookup';
import { answering, derivedUuid, logFailure, ok, parseInput } from '../../usecases/result';
import { hashOfSecret, readEntry, readHook, readWaiting, writeHook, type Hook } from '../../adapters/store';
import { json, said, saidPerformed, saidProblem, type HookAnswer } from './hookAnswer';
import { isConfirmed, operationIdOf, perform } from './perform';
import type { Wanted } from './wanted';
import { failureSentence } from './words';

/** How far a request's own time may be from ours, in milliseconds: clocks differ, and a stolen request gets old. */
const MOST_SKEW_MS = 5 * 60_000;
const MOST_BODY_CHARACTERS = 4_096;
/** The last use is noted at most this often: it is a hint for admins, not a ledger. */
const NOTE_USE_EVERY_MS = 60_000;

const requestSchema = z.object({
  method: z.string(),
  headers: z.record(z.string(), z.array(z.string())),
  body: z.string().optional(),
});
const text = z.string().trim().min(1).max(255);
const common = {
  operationId: z
    .string()
    .min(8)
    .max(100)
    .regex(/^[\w.:-]+$/),
  sentAt: z.iso.datetime({ offset: true }),
  issueKey: text,
};
const bodySchema = z.discriminatedUnion('action', [
  z.object({ ...common, action: z.literal('move'), source: text, target: text }),
  z.object({ ...common, action: z.literal('remove'), source: text }),
  z.object({ ...common, action: z.literal('add'), target: text }),
  z.object({ ...common, action: z.literal('get') }),
]);
type Body = z.infer<typeof bodySchema>;

/**
 * The web trigger: carries out what a caller from outside asks for, after the caller's own secret,
 * the request's age and its operation id have been checked. Jira is asked as the app, because nobody
 * stands behind the request: what a caller may do was decided by the admin who made it.
 * @see docs/automation.md
 */
export async function ruleHook(request: unknown): Promise<HookAnswer> {
  const parsed = requestSchema.safeParse(request);
  if (!parsed.success || parsed.data.method.toUpperCase() !== 'POST')
    return said(405, 'Send a POST request.', { allow: ['POST'] });
  const answered = await answering('rule-hook', async (): Promise<Answer<HookAnswer>> => ok(await answer(parsed.data)));
  return answered.kind === 'ok' ? answered.value : saidProblem(answered.problem);
}

async function answer({ headers, body = '' }: z.infer<typeof requestSchema>): Promise<HookAnswer> {
  const hook = await callerOf(headers);
  if (hook === null)
    return said(
      401,
      'The header X-Segments-Key is missing or wrong. A Jira admin makes keys under Jira settings → Apps → Shorter Loop segments.',
    );
  if (body.length > MOST_BODY_CHARACTERS)
    return said(413, `The body has more than ${MOST_BODY_CHARACTERS} characters.`);
  const input = parseInput(bodySchema, parseJson(body));
  if (input.kind === 'problem') return saidProblem(input.problem);
  const asked = input.value;
  if (Math.abs(Date.parse(asked.sentAt) - Date.now()) > MOST_SKEW_MS)
    return said(400, 'The input "sentAt" is more than five minutes from now. Send the time of the request.');
  if (!hook.acts.includes(asked.action))
    return said(403, `This caller may not ${asked.action}. A Jira admin decides what it may do.`);
  await noteUse(hook);
  return asked.action === 'get' ? look(asked.issueKey) : write(hook, asked, wantedOf(asked));
}

/** The caller whose secret the header holds; null when there is none. Takes as long for a wrong secret as for a right one. */
async function callerOf(headers: Readonly<Record<string, readonly string[]>>): Promise<Hook | null> {
  const [, value] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-segments-key') ?? [];
  const [, id = '', secret = ''] = /^([\w-]{1,64})\.([\w-]{1,128})$/.exec(value?.[0]?.trim() ?? '') ?? [];
  const hook = id === '' ? null : await readHook(id);
  // Without a caller, something is compared all the same: the time tells nobody which ids exist.
  const expected = Buffer.from(hook?.secretHash ?? hashOfSecret(''), 'hex');
  const isRight = timingSafeEqual(Buffer.from(hashOfSecret(secret), 'hex'), expected);
  return isRight && secret !== '' ? hook : null;
}

async function look(issueKey: string): Promise<HookAnswer> {
  const found = await readSubject(issueKey, 'app');
  if (found.kind === 'problem') return saidProblem(found.problem);
  if (found.value.kind === 'noMember')
    return json(200, { found: false, reason: found.value.match.state, segments: [] });
  const known = await readKnown(found.value.subject, 'look');
  if (known.kind === 'problem') return saidProblem(known.problem);
  const { match, segments } = known.value;
  if (match.state !== 'linked') return json(200, { found: false, reason: match.state, segments: [] });
  const ids = match.member.segmentIds;
  return json(200, {
    found: true,
    reason: match.state,
    memberId: match.member.id,
    segments: segments.filter(({ id }) => ids.includes(id)).map(({ id, name }) => ({ id, name })),
  });
}

async function write(hook: Hook, { operationId, issueKey }: Body, wanted: Wanted): Promise<HookAnswer> {
  // The caller's own id becomes one that no other caller can have.
  const requestId = derivedUuid('hook', hook.id, operationId);
  const before = await repeated(requestId);
  if (before !== null) return before;
  const found = await readSubject(issueKey, 'app');
  if (found.kind === 'problem') return saidProblem(found.problem);
  if (found.value.kind === 'noMember') return saidProblem({ code: 'noMember', state: found.value.match.state });
  const { subject } = found.value;
  return saidPerformed(
    wanted,
    await perform(subject, wanted, {
      requestId,
      door: 'hook',
      actorAccountId: hook.createdByAccountId,
      callerId: hook.id,
    }),
  );
}

/** The answer to a request whose operation id was used before; null for a new one. */
async function repeated(requestId: string): Promise<HookAnswer | null> {
  const [entry, waiting] = await Promise.all([readEntry(operationIdOf(requestId, 1)), readWaiting(requestId)]);
  if (waiting !== null)
    return said(
      202,
      waiting.state === 'failed'
        ? `This request was asked before, and failed: ${waiting.failure ?? 'unknown'}.`
        : 'This request was asked before, and waits its turn.',
    );
  if (entry === null) return null;
  if (entry.state !== 'finished') return said(202, 'This request was asked before; its outcome is not known yet.');
  return isConfirmed(entry)
    ? said(200, 'This request was carried out before.')
    : said(409, `This request was asked before, and was not carried out. ${failureSentence(entry)}`);
}

function wantedOf(body: Exclude<Body, { action: 'get' }>): Wanted {
  switch (body.action) {
    case 'move':
      return { kind: 'move', source: body.source, target: body.target };
    case 'remove':
      return { kind: 'remove', source: body.source, target: null };
    case 'add':
      return { kind: 'add', source: null, target: body.target };
  }
}

async function noteUse(hook: Hook): Promise<void> {
  if (hook.lastUsedAtMs !== null && Date.now() - hook.lastUsedAtMs < NOTE_USE_EVERY_MS) return;
  await writeHook({ ...hook, lastUsedAtMs: Date.now() }).catch((error: unknown) => logFailure('hook-use', error));
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
