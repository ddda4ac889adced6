import type { Problem } from '../../../../src/contract';
import {
  json,
  textResponse,
  performedResponse,
  problemResponse,
} from '../../../../src/features/automation/apiResponse';
import {
  failureSentence,
  problemSentence,
  skippedSentence,
} from '../../../../src/features/automation/failureSentences';
import type { PerformedAtLast } from '../../../../src/features/automation/perform';
import type { RuleChange } from '../../../../src/features/automation/ruleChange';
import { ledgerEntry } from '../../../support/ledgerEntry';

const move: RuleChange = { kind: 'move', source: '19', target: '15' };
const shorterLoop = (cause: 'rateLimited' | 'server' | 'unauthorized'): Problem => ({
  code: 'shorterLoop',
  cause,
  status: null,
  retryAfterMs: null,
});
const jira = (status: number | null): Problem => ({ code: 'jira', status, retryAfterMs: null, limit: null });

describe('the answer to an API client', () => {
  it.each<[number, readonly Problem[]]>([
    [400, [{ code: 'invalidInput', field: 'action', reason: { code: 'notOffered' } }]],
    [
      403,
      [
        { code: 'notPermitted', needed: 'GROUP' },
        { code: 'projectOff' },
        { code: 'consentNeeded' },
        { code: 'apiClientGone' },
        { code: 'apiClientMayNot', act: 'move' },
      ],
    ],
    [404, [{ code: 'projectNotVisible' }]],
    [
      409,
      [
        { code: 'stale', reason: 'notInSource' },
        { code: 'undoRefused', reason: 'notAMove' },
        { code: 'duplicateRequest', state: 'intended' },
        { code: 'operationIdTaken', kind: 'move', issueKey: 'ACME-101', atMs: 0 },
        { code: 'run', cause: 'unknown' },
        { code: 'run', cause: 'tooMany' },
        { code: 'busy', retryAfterMs: 5 },
      ],
    ],
    [
      422,
      [
        { code: 'notLinked' },
        { code: 'noMember', state: 'notFound' },
        { code: 'segmentUnknown', which: 'source', given: 'x' },
        { code: 'segmentAmbiguous', which: 'source', given: 'x', candidates: [] },
        { code: 'sourceUnclear', segments: 2 },
      ],
    ],
    [
      422,
      [
        { code: 'newKeyRefused', cause: 'forbidden', status: 403 },
        { code: 'featureOff', feature: 'reinvite' },
        { code: 'notAScratch', people: 2 },
        { code: 'countChanged', people: 2 },
        { code: 'segmentUnreadable', segmentId: 19 },
        { code: 'testNeedsOthers', segmentId: 19 },
      ],
    ],
    [
      429,
      [
        shorterLoop('rateLimited'),
        jira(429),
        { code: 'jiraBudget', retryAfterMs: 5 },
        { code: 'queueFull', of: 'site', retryAfterMs: 5 },
      ],
    ],
    [500, [{ code: 'internal', reference: 'ref-1' }]],
    [502, [shorterLoop('server'), shorterLoop('unauthorized'), jira(500), jira(null)]],
    [
      503,
      [
        { code: 'notConfigured', missing: ['key'] },
        { code: 'notProven' },
        { code: 'writeNotProven', kind: 'move' },
        { code: 'storage' },
        { code: 'writesStopped', kind: 'move', operationId: 'o' },
      ],
    ],
  ])('has the status %i, from which a machine sees whether to ask again, and says why', (statusCode, problems) => {
    for (const problem of problems)
      expect(problemResponse(problem)).toMatchObject({
        statusCode,
        body: JSON.stringify({ message: problemSentence(problem, 'apiClient') }),
      });
  });

  it('says of a work item that the app does not see what to grant, and not whether it exists', () => {
    const { statusCode, body } = problemResponse({ code: 'issueNotVisible' });
    expect(statusCode).toBe(404);
    expect(body).toMatch(/not found, or the app may not see it.*“Browse projects”.*atlassian-addons-project-access/);
    expect(body).not.toContain("rule's user");
  });

  it.each<[string, PerformedAtLast, number, object]>([
    [
      'is done',
      { kind: 'confirmed', entry: ledgerEntry() },
      200,
      {
        outcome: 'done',
        message: 'The reporter was moved. This was verified in Shorter Loop.',
        operationId: ledgerEntry().operationId,
      },
    ],
    [
      'was so already',
      { kind: 'alreadyThere', memberId: 7 },
      200,
      { outcome: 'alreadyThere', message: 'The reporter was already in that segment, so nothing was changed.' },
    ],
    [
      'is skipped',
      { kind: 'skipped', state: 'notFound' },
      200,
      { outcome: 'skipped', message: skippedSentence('notFound') },
    ],
    [
      'waits',
      { kind: 'queued', requestId: 'r', why: 'away', entry: null },
      202,
      { outcome: 'queued', message: expect.stringContaining('is queued') },
    ],
    [
      'was accepted and does not show',
      { kind: 'queued', requestId: 'r', why: 'accepted', entry: ledgerEntry({ operationId: 'o' }) },
      202,
      { outcome: 'accepted', operationId: 'o', message: expect.stringContaining('does not show it yet') },
    ],
    [
      'failed',
      { kind: 'failed', entry: ledgerEntry({ answer: null }) },
      502,
      { message: failureSentence(ledgerEntry({ answer: null })) },
    ],
    [
      'met a problem',
      { kind: 'problem', problem: { code: 'storage' } },
      503,
      { message: problemSentence({ code: 'storage' }) },
    ],
  ])('tells that what was asked %s', (_what, performed, statusCode, body) => {
    const answer = performedResponse(move, performed);
    expect(answer.statusCode).toBe(statusCode);
    expect(JSON.parse(answer.body)).toEqual(body);
  });

  it('is JSON that nobody on the way keeps, with what else its status needs', () => {
    const headers = { 'Content-Type': ['application/json'], 'Cache-Control': ['no-store'] };
    expect(json(200, { found: true })).toEqual({ statusCode: 200, headers, body: '{"found":true}' });
    expect(textResponse(405, 'Send a POST request.', { allow: ['POST'] })).toEqual({
      statusCode: 405,
      headers: { ...headers, allow: ['POST'] },
      body: '{"message":"Send a POST request."}',
    });
  });
});
