import { JIRA_PERMISSIONS, SHORTER_LOOP_CAUSES, type StaleReason, type UndoRefusal } from '../../../../src/contract';
import type { PageProblem } from '../../../../static/src/shared/ask';
import { ask } from '../../../../static/src/shared/ask';
import { adminProblemText, problemText } from '../../../../static/src/shared/problemText';
import { speakEnglish } from '../../../support/english';

beforeAll(() => speakEnglish());

const STALE: readonly StaleReason[] = [
  'reporterChanged',
  'linkChanged',
  'notInSource',
  'alreadyInTarget',
  'sourceGone',
  'targetGone',
];
const UNDO: readonly UndoRefusal[] = [
  'unknownWrite',
  'notAMove',
  'notConfirmed',
  'otherReporter',
  'movedSince',
  'alreadyUndone',
];

const PROBLEMS: readonly PageProblem[] = [
  { code: 'notConfigured', missing: ['apiOrigin', 'initiativeId', 'key'] },
  { code: 'notConfigured', missing: [] },
  { code: 'issueNotVisible' },
  { code: 'projectOff' },
  { code: 'notPermitted', needed: 'EDIT_ISSUES' },
  { code: 'notPermitted', needed: 'ADMINISTER' },
  { code: 'notLinked' },
  { code: 'invalidInput', field: 'query', reason: { code: 'tooShort', least: 2 } },
  ...STALE.map((reason): PageProblem => ({ code: 'stale', reason })),
  ...UNDO.map((reason): PageProblem => ({ code: 'undoRefused', reason })),
  { code: 'duplicateRequest', state: 'intended' },
  { code: 'duplicateRequest', state: 'finished' },
  { code: 'duplicateRequest', state: 'undecided' },
  ...JIRA_PERMISSIONS.filter((needed) => !['EDIT_ISSUES', 'ADMINISTER'].includes(needed)).map(
    (needed): PageProblem => ({ code: 'notPermitted', needed }),
  ),
  { code: 'notPermitted', needed: 'GROUP' },
  { code: 'busy', retryAfterMs: 3_000 },
  { code: 'noMember', state: 'ambiguous' },
  { code: 'segmentUnknown', which: 'source', given: 'Beta' },
  { code: 'segmentAmbiguous', which: 'target', given: '19', candidates: [{ id: 19, name: 'Beta' }] },
  { code: 'operationIdTaken', kind: 'move', issueKey: null, atMs: 0 },
  { code: 'sourceUnclear', segments: 0 },
  { code: 'sourceUnclear', segments: 3 },
  { code: 'consentNeeded' },
  { code: 'jira', status: 500, retryAfterMs: null, limit: null },
  { code: 'jira', status: 429, retryAfterMs: 2_000, limit: 'burst' },
  { code: 'jira', status: 429, retryAfterMs: 2_000, limit: 'quota' },
  ...SHORTER_LOOP_CAUSES.map((cause): PageProblem => ({
    code: 'shorterLoop',
    cause,
    status: null,
    retryAfterMs: null,
  })),
  { code: 'storage' },
  { code: 'internal', reference: 'ref-1' },
  { code: 'noAnswer' },
];

test.each(PROBLEMS.map((problem) => [JSON.stringify(problem), problem] as const))(
  '%s has a title, a cause and a next step',
  (_name, problem) => {
    for (const words of [problemText(problem), adminProblemText(problem)]) {
      for (const text of [words.title, words.cause, words.next]) expect(text).toMatch(/^[A-Z].{5,}/);
    }
  },
);

test('no two problems read the same', () => {
  const read = PROBLEMS.map((problem) => `${problemText(problem).title} ${problemText(problem).cause}`);
  expect(new Set(read).size).toBe(PROBLEMS.length);
});

test('a missing setting is named', () => {
  expect(problemText({ code: 'notConfigured', missing: ['key'] }).cause).toBe('Missing: the API key.');
});

test('a rate limit is offered another try after the wait that was asked for', () => {
  const problem = { code: 'shorterLoop', cause: 'rateLimited', status: 429, retryAfterMs: 7_000 } as const;
  expect(problemText(problem).remedy).toEqual({ kind: 'retry', afterMs: 7_000 });
});

test.each([
  ['an hour', 3_600_000, 'Try again in 1 hour.'],
  ['minutes', 150_000, 'Try again in 3 minutes.'],
  ['seconds, which a countdown tells', 7_000, 'Wait a moment, then try again.'],
])('a wait of %s is told in words', (_how, retryAfterMs, next) => {
  const problem = { code: 'shorterLoop', cause: 'rateLimited', status: 429, retryAfterMs } as const;
  expect(problemText(problem).next).toBe(next);
  expect(problemText({ code: 'jira', status: 429, retryAfterMs, limit: 'burst' }).next).toBe(next);
  if (retryAfterMs > 60_000) expect(adminProblemText(problem).next).toBe(next);
});

test('a person who is held for minutes is not said to be changed by someone just now', () => {
  expect(problemText({ code: 'busy', retryAfterMs: 3_000 }).title).toBe('Someone else is updating this person');
  expect(problemText({ code: 'busy', retryAfterMs: 280_000 })).toEqual({
    title: 'An earlier change of this person is not settled yet',
    cause:
      'It was sent, and Shorter Loop does not show it yet. Nobody else can change this person until it is settled.',
    next: 'Try again in 5 minutes.',
    remedy: { kind: 'retry', afterMs: 280_000 },
  });
});

test('nobody is sent to a form of the request that is no longer there to choose', () => {
  const next = problemText({ code: 'shorterLoop', cause: 'wrongDialect', status: 405, retryAfterMs: null }).next;
  expect(next).toContain('Test with a test person');
});

test('what another try can’t cure is not offered one', () => {
  expect(problemText({ code: 'notPermitted', needed: 'EDIT_ISSUES' }).remedy).toEqual({ kind: 'none' });
  expect(problemText({ code: 'stale', reason: 'notInSource' }).remedy).toEqual({ kind: 'reload' });
});

test('an admin is never told to ask an admin about Shorter Loop', () => {
  for (const cause of SHORTER_LOOP_CAUSES) {
    const { next } = adminProblemText({ code: 'shorterLoop', cause, status: null, retryAfterMs: null });
    expect(next).not.toMatch(/Jira admin/);
  }
});

test('a rejected invoke becomes a problem that can be tried again', async () => {
  const asked = await ask(Promise.reject(new Error('There was an error invoking the function - timed out')));
  expect(asked).toEqual({ kind: 'problem', problem: { code: 'noAnswer' } });
  expect(problemText({ code: 'noAnswer' }).remedy.kind).toBe('retry');
});
