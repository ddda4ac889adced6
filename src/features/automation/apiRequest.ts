import { z } from 'zod';
import { comparableName, isAccepted, jiraKey, type LedgerEntry, type Problem, type Result, ok } from '../../contract';
import { apiClientRefusal } from '../../domain/access';
import { resolveReporter } from '../../usecases/lookup';
import { handleRequest, derivedUuid, logFailure, operationIdOf } from '../../usecases/result';
import {
  isSecretOf,
  noteApiClientUse,
  readEntries,
  readApiClient,
  readQueuedChange,
  type ApiClient,
  type QueuedChange,
} from '../../adapters/store';
import { FORMS, readApiBody, type ApiBody } from './apiBody';
import { readSubjectFor } from './apiSubject';
import { json, textResponse, performedResponse, problemResponse, type ApiResponse } from './apiResponse';
import { perform } from './perform';
import { isConfirmed } from '../../domain/segments';
import { MAX_ATTEMPTS } from './queue';
import type { RuleChange } from './ruleChange';
import { queuedSentence } from './doneSentences';
import { failureSentence } from './failureSentences';
import { givenUpSentence } from './givenUpSentence';

/** How far a request's own time may be from ours, in milliseconds: clocks differ, and a stolen request gets old. */
const MAX_SKEW_MS = 5 * 60_000;
const MAX_BODY_CHARACTERS = 4_096;
/** The last use is noted at most this often: it is a hint for admins, not a ledger. */
const NOTE_USE_EVERY_MS = 60_000;

/** Whatever is odd about a POST is as if it were not there: it is answered for the key and the body that it lacks. */
const requestSchema = z.object({
  method: z.string(),
  headers: z.record(z.string(), z.array(z.string()).catch([])).catch({}),
  body: z.string().catch(''),
});

/**
 * The web trigger: carries out what an API client asks for, after the caller's own secret,
 * the request's age and its operation id have been checked. Jira is asked as the app, because nobody
 * stands behind the request: what an API client may do was decided by the admin who made it.
 * @see docs/automation.md
 */
export async function handleApiRequest(request: unknown): Promise<ApiResponse> {
  const parsed = requestSchema.safeParse(request);
  if (!parsed.success || parsed.data.method.toUpperCase() !== 'POST')
    return textResponse(405, 'Send a POST request.', { allow: ['POST'] });
  const answered = await handleRequest('api-request', async (): Promise<Result<ApiResponse>> =>
    ok(await answer(parsed.data)),
  );
  return answered.kind === 'ok' ? answered.value : problemResponse(answered.problem);
}

async function answer({ headers, body }: z.infer<typeof requestSchema>): Promise<ApiResponse> {
  const apiClient = await apiClientOf(headers);
  if (apiClient === null)
    return textResponse(
      401,
      'The header X-Segments-Key is missing or wrong. ' +
        'A Jira admin makes keys under Jira settings → Apps → Shorter Loop segments.',
    );
  if (body.length > MAX_BODY_CHARACTERS)
    return textResponse(413, `The body has more than ${MAX_BODY_CHARACTERS} characters.`);
  const read = readApiBody(body);
  if (read.kind === 'problem') return textResponse(400, read.problem);
  const asked = read.value;
  if (Math.abs(asked.sentAtMs - Date.now()) > MAX_SKEW_MS)
    return textResponse(400, `The input "sentAt" is more than five minutes from now. Send ${FORMS.sentAt}.`);
  const refused = apiClientRefusal(apiClient.acts, asked.action === 'get' ? 'look' : asked.action);
  if (refused !== null) return problemResponse(refused);
  await noteUse(apiClient);
  return asked.change === null ? look(apiClient, asked.issueKey) : write(apiClient, asked, asked.change);
}

/**
 * The API client whose secret the header holds; null when there is none. Takes as long for a wrong secret as for a
 * right one.
 */
async function apiClientOf(headers: Readonly<Record<string, readonly string[]>>): Promise<ApiClient | null> {
  const [, value] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-segments-key') ?? [];
  const [, id = '', secret = ''] = /^([\w-]{1,64})\.([\w-]{1,128})$/.exec(value?.[0]?.trim() ?? '') ?? [];
  const apiClient = id === '' ? null : await readApiClient(id);
  // Without an API client, something is compared all the same.
  return isSecretOf(secret, apiClient?.secretHash ?? null) ? apiClient : null;
}

async function look({ id }: ApiClient, issueKey: string): Promise<ApiResponse> {
  const found = await readSubjectFor({ apiClientId: id, act: 'look', issueKey });
  if (found.kind === 'problem') return problemResponse(found.problem);
  if (found.value.kind === 'noMember')
    return json(200, { found: false, reason: found.value.match.state, segments: [] });
  const known = await resolveReporter(found.value.subject, 'look');
  if (known.kind === 'problem') return problemResponse(known.problem);
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

async function write(
  apiClient: ApiClient,
  { operationId, issueKey }: ApiBody,
  change: RuleChange,
): Promise<ApiResponse> {
  // The API client's own id becomes one that no other API client can have, and no page: those give random ids.
  const requestId = derivedUuid('apiClient', apiClient.id, operationId);
  const requestDigest = digestOf(issueKey, change);
  const before = await repeated(requestId, requestDigest);
  if (before !== null) return before;
  const found = await readSubjectFor({ apiClientId: apiClient.id, act: change.kind, issueKey });
  if (found.kind === 'problem') return problemResponse(found.problem);
  if (found.value.kind === 'noMember') return problemResponse({ code: 'noMember', state: found.value.match.state });
  const performed = await perform(found.value.subject, change, {
    requestId,
    requestDigest,
    entryPoint: 'apiClient',
    actorAccountId: apiClient.createdByAccountId,
    apiClientId: apiClient.id,
  });
  // Another request was faster with the same id: what it was about decides what this one is told.
  const isLate = performed.kind === 'problem' && performed.problem.code === 'duplicateRequest';
  if (!isLate) return performedResponse(change, performed);
  return (
    (await repeated(requestId, requestDigest)) ??
    textResponse(409, 'Another request with this operation id is being carried out. Send it again in a moment.')
  );
}

/** What is asked for, as one text: the same again is the same request. When it was sent makes no difference. */
function digestOf(issueKey: string, { kind, source, target }: RuleChange): string {
  const ends = [source, target].map((segment) => comparableName(segment ?? ''));
  return derivedUuid('request', kind, jiraKey(issueKey), ...ends);
}

/**
 * The answer to a request whose operation id was used before; null for a new one. An id is used by what was sent or
 * waits under it: what was refused, or had nothing to do, leaves it free.
 */
async function repeated(requestId: string, requestDigest: string): Promise<ApiResponse | null> {
  const [entry, queued] = await Promise.all([lastAttempt(requestId), readQueuedChange(requestId)]);
  const first = queued ?? entry;
  if (first === null) return null;
  if ((first.requestDigest ?? null) !== requestDigest) return problemResponse(takenId(first));
  if (queued?.state === 'failed')
    return textResponse(
      409,
      `This request was asked before, waited, and was given up. ${givenUpSentence(queued)} ` +
        'A Jira admin can have it tried again under Jira settings → Apps → Shorter Loop segments, Health.',
    );
  if (queued !== null) return textResponse(202, `This request was asked before. ${openSentence(entry)}`);
  if (entry?.state !== 'finished')
    return textResponse(202, 'This request was asked before; its outcome is not known yet.');
  return isConfirmed(entry)
    ? textResponse(200, 'This request was carried out before.')
    : textResponse(409, `This request was asked before, and was not carried out. ${failureSentence(entry)}`);
}

/**
 * The row of the last attempt; null where nothing was sent. An admin may have had it tried more often than the queue
 * does by itself.
 */
async function lastAttempt(requestId: string, from = 1): Promise<LedgerEntry | null> {
  const attempts = Array.from({ length: MAX_ATTEMPTS }, (_attempt, at) => operationIdOf(requestId, from + at));
  const entries = await readEntries(attempts);
  const later = (entries.at(-1) ?? null) === null ? null : await lastAttempt(requestId, from + MAX_ATTEMPTS);
  return later ?? entries.findLast((one) => one !== null) ?? null;
}

function openSentence(entry: LedgerEntry | null): string {
  if (entry === null || entry.state === 'finished') return 'It is queued.';
  return queuedSentence(isAccepted(entry) ? 'accepted' : 'unanswered');
}

/** Which request has the operation id: one of the same API client, as every id is its own. */
function takenId(first: LedgerEntry | QueuedChange): Problem {
  return {
    code: 'operationIdTaken',
    kind: first.kind,
    issueKey: first.issueKey,
    atMs: 'askedAtMs' in first ? first.askedAtMs : first.intendedAtMs,
  };
}

async function noteUse(apiClient: ApiClient): Promise<void> {
  if (apiClient.lastUsedAtMs !== null && Date.now() - apiClient.lastUsedAtMs < NOTE_USE_EVERY_MS) return;
  await noteApiClientUse(apiClient, Date.now()).catch((error: unknown) => logFailure('api-client-use', error));
}
