import { SHORTER_LOOP_CAUSES, type LedgerEntry, type OutcomeReason, type Problem } from '../../../../src/contract';
import {
  alreadyThereSentence,
  confirmedSentence,
  queuedSentence,
} from '../../../../src/features/automation/doneSentences';
import { failureSentence, problemSentence } from '../../../../src/features/automation/failureSentences';
import { ledgerEntry } from '../../../support/ledgerEntry';

const shorterLoop = (
  cause: Extract<Problem, { code: 'shorterLoop' }>['cause'],
  status: number | null = null,
): Problem => ({ code: 'shorterLoop', cause, status, retryAfterMs: null });
const stale = (reason: Extract<Problem, { code: 'stale' }>['reason']): Problem => ({ code: 'stale', reason });
const noMember = (state: Extract<Problem, { code: 'noMember' }>['state']): Problem => ({ code: 'noMember', state });

/** One problem for each cause that a rule's owner can meet, with what its sentence must tell apart. */
const PROBLEMS: readonly (readonly [Problem, RegExp])[] = [
  [{ code: 'notConfigured', missing: ['key'] }, /not connected/],
  [{ code: 'notProven' }, /Nobody can be looked up or changed until a Jira admin has checked the connection/],
  [{ code: 'projectNotVisible' }, /project does not exist, or the rule's user may not see it/],
  [{ code: 'run', cause: 'otherState' }, /bulk run has changed/],
  [{ code: 'projectOff' }, /not switched on in this project/],
  [{ code: 'issueNotVisible' }, /does not exist, or the rule's user may not see it/],
  [{ code: 'notPermitted', needed: 'GROUP' }, /none of the groups/],
  [{ code: 'notPermitted', needed: 'EDIT_ISSUES' }, /lacks the permission EDIT_ISSUES/],
  [{ code: 'notLinked' }, /no longer linked/],
  [noMember('found'), /unlinked .* by hand/],
  [noMember('ambiguous'), /More than one/],
  [noMember('notFound'), /No segment has a member/],
  [noMember('emailHidden'), /email is not visible/],
  [noMember('noReporter'), /has no reporter/],
  [noMember('notAPerson'), /not a person/],
  [{ code: 'segmentUnknown', which: 'source', given: 'Beta' }, /no segment “Beta” to move from/],
  [{ code: 'segmentUnknown', which: 'target', given: 'Beta' }, /no segment “Beta” to move to/],
  [
    {
      code: 'segmentAmbiguous',
      which: 'target',
      given: '19',
      candidates: [
        { id: 7, name: '19' },
        { id: 19, name: 'Beta' },
      ],
    },
    /“19” could mean more than one segment: #7 “19”, #19 “Beta”\. Nothing was changed\. Write the id with its sign/,
  ],
  [
    {
      code: 'segmentAmbiguous',
      which: 'target',
      given: 'Twin',
      candidates: Array.from({ length: 900 }, (_one, nth) => ({ id: nth + 1, name: 'Twin' })),
    },
    /: #1 “Twin”, #2 “Twin”, #3 “Twin”, #4 “Twin”, #5 “Twin”, …\. Nothing was changed/,
  ],
  [
    { code: 'operationIdTaken', kind: 'move', issueKey: 'ACME-101', atMs: 1_700_000_000_000 },
    /used for another request: a move on ACME-101, at 2023-11-14T22:13:20\.000Z\. Nothing was changed\./,
  ],
  [{ code: 'operationIdTaken', kind: 'remove', issueKey: null, atMs: 0 }, /another request: a removal, at 1970/],
  [
    { code: 'featureOff', feature: 'addByEmail' },
    /by their email address is switched off until a Jira admin has tried it/,
  ],
  [{ code: 'segmentUnreadable', segmentId: 19 }, /record of the segment with the id 19 can't be read in full/],
  [{ code: 'sourceUnclear', segments: 0 }, /in no segment/],
  [{ code: 'sourceUnclear', segments: 3 }, /in 3 segments/],
  [{ code: 'invalidInput', field: 'target', reason: { code: 'missing' } }, /"target" is not right: it is empty/],
  [stale('reporterChanged'), /no reporter who could be a member/],
  [stale('linkChanged'), /linked to another member/],
  [stale('notInSource'), /not in the segment to move from/],
  [stale('alreadyInTarget'), /already in the segment/],
  [stale('sourceGone'), /move from no longer exists/],
  [stale('targetGone'), /move to no longer exists/],
  [{ code: 'undoRefused', reason: 'movedSince' }, /no longer be undone/],
  [{ code: 'duplicateRequest', state: 'finished' }, /already submitted and has finished/],
  [{ code: 'duplicateRequest', state: 'intended' }, /already submitted and has not finished/],
  [{ code: 'busy', retryAfterMs: 5 }, /updating this member/],
  [{ code: 'consentNeeded' }, /has not given the app access.*choose another user/],
  [{ code: 'jira', status: 429, retryAfterMs: null, limit: 'quota' }, /hourly limit/],
  [{ code: 'jira', status: 503, retryAfterMs: null, limit: null }, /Jira did not answer as expected \(status 503\)\./],
  [{ code: 'jira', status: null, retryAfterMs: null, limit: null }, /Jira did not answer as expected\./],
  [shorterLoop('unauthorized'), /did not accept the API key/],
  [shorterLoop('forbidden'), /may not do this/],
  [shorterLoop('notFound'), /could not find/],
  [shorterLoop('wrongDialect'), /another form of the request/],
  [shorterLoop('rateLimited'), /asked us to wait/],
  [shorterLoop('invalid', 422), /rejected the request \(status 422\)\./],
  [shorterLoop('server', 503), /has a problem \(status 503\)\./],
  [shorterLoop('server'), /has a problem\./],
  [shorterLoop('network'), /could not be reached/],
  [shorterLoop('timeout'), /took too long/],
  [shorterLoop('malformed', 200), /could not be read \(status 200\)\./],
  [{ code: 'storage' }, /storage could not be reached, and nothing was changed/],
  [{ code: 'internal', reference: 'ref-1' }, /reference ref-1\./],
];

describe('what a rule owner reads in the audit log', () => {
  it.each(PROBLEMS)('names the cause of %j', (problem, cause) => {
    expect(problemSentence(problem)).toMatch(cause);
  });

  it.each(PROBLEMS)('tells an API client of %j without a word of rules, which it has none of', (problem) => {
    const sentence = problemSentence(problem, 'apiClient');
    expect(sentence).toMatch(/^\S.*\.$/);
    expect(sentence).not.toMatch(/\brules?\b|"Any segment"|"Add reporter to segment"/i);
  });

  it('tells an API client what to send instead', () => {
    const unknown = { code: 'segmentUnknown', which: 'target', given: 'Beta' } as const;
    expect(problemSentence(unknown, 'apiClient')).toBe(
      'Shorter Loop has no segment “Beta” to move to. Send the id of another one, such as "#19", or its exact name.',
    );
    expect(problemSentence({ code: 'sourceUnclear', segments: 0 }, 'apiClient')).toMatch(/Send the action "add"\.$/);
    expect(problemSentence({ code: 'sourceUnclear', segments: 2 }, 'apiClient')).toMatch(/as "source"\.$/);
  });

  it('is another sentence for each cause, so that nobody looks in the wrong place', () => {
    const sentences = PROBLEMS.map(([problem]) => problemSentence(problem));
    expect(new Set(sentences).size).toBe(sentences.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^\S.*\.$/);
  });

  it.each<Problem>([
    { code: 'featureOff', feature: 'reinvite' },
    { code: 'notAScratch', people: 2 },
    { code: 'countChanged', people: 2 },
  ])('sends them to the admins for what no rule can ask for: %j', (problem) => {
    expect(problemSentence(problem)).toBe(
      'Only Jira admins can do this, under Jira settings → Apps → Shorter Loop segments.',
    );
  });

  it('can not be turned round or broken by a name that a rule or an agent gives', () => {
    const given = 'Gold\u202e\n\u2067\u{e0041}Beta';
    expect(problemSentence({ code: 'segmentUnknown', which: 'target', given })).toMatch(/no segment “Gold Beta” to/);
    const name = 'לאה\u2069 x';
    const reason = { code: 'groupUnknown', name } as const;
    expect(problemSentence({ code: 'invalidInput', field: 'g\n', reason })).toMatch(/"g" .* “\u2068לאה x\u2069”/);
  });

  it('says of a new key that was refused what Shorter Loop said', () => {
    expect(problemSentence({ code: 'newKeyRefused', cause: 'invalid', status: 422 })).toBe(
      problemSentence(shorterLoop('invalid', 422)),
    );
  });
});

const ended = (reason: OutcomeReason | null, answer: LedgerEntry['answer'] = null): LedgerEntry =>
  ledgerEntry({ members: [{ memberId: 7, outcome: 'notConfirmed', reason }], answer });

describe('a write that ended otherwise than the rule wants', () => {
  it.each<[OutcomeReason, RegExp]>([
    ['saidNo', /refused, and nothing was changed\.$/],
    ['notSent', /not reached, and nothing was changed\.$/],
    ['inBoth', /in both segments/],
    ['inNeither', /in neither segment/],
    ['unchanged', /did not confirm the change\. Check the ledger/],
    ['notReadable', /did not confirm the change\. Check the ledger/],
  ])('says what is known: %s', (reason, text) => {
    expect(failureSentence(ended(reason))).toMatch(text);
  });

  it('adds why, where Shorter Loop said why', () => {
    const forbidden = { status: 403, cause: 'forbidden', count: null } as const;
    expect(failureSentence(ended('saidNo', forbidden))).toMatch(/nothing was changed\. The API key may not do this/);
    expect(failureSentence(ended('unchanged', { status: 503, cause: 'server', count: null }))).toMatch(
      /confirm the change\. Shorter Loop has a problem \(status 503\)\..* Check the ledger/,
    );
    expect(failureSentence(ended('saidNo', { ...forbidden, cause: null }))).toBe(failureSentence(ended('saidNo')));
  });

  it('says no more than that it is not confirmed where no member stands in the ledger', () => {
    expect(failureSentence(ledgerEntry({ members: [], answer: null }))).toMatch(/did not confirm/);
  });

  it.each(SHORTER_LOOP_CAUSES)('has words for the cause %s', (cause) => {
    const without = failureSentence(ended('notSent'));
    expect(failureSentence(ended('notSent', { status: null, cause, count: null })).length).toBeGreaterThan(
      without.length + 20,
    );
  });
});

describe('what an action tells of a change', () => {
  const ends = { move: {}, remove: { kind: 'remove', to: null }, add: { kind: 'add', from: null } } as const;

  it('names what was done, and that others were changed too', () => {
    const said = (kind: keyof typeof ends, strays: LedgerEntry['strays'] = null) =>
      confirmedSentence(ledgerEntry({ ...ends[kind], strays }));
    expect(said('move')).toMatch(/was moved/);
    expect(said('remove')).toMatch(/was removed/);
    expect(said('add')).toMatch(/was added/);
    const strays = { missing: [{ memberId: 8, segmentId: 1 }], joined: [], count: 1 };
    expect(said('remove', strays)).toMatch(/was removed.+Other members or segments were changed beside it/);
  });

  it('says which way there was nothing to do', () => {
    expect(alreadyThereSentence({ kind: 'move', source: '19', target: '15' })).toMatch(/was already in that segment/);
    expect(alreadyThereSentence({ kind: 'add', source: null, target: '15' })).toMatch(/was already in that segment/);
    expect(alreadyThereSentence({ kind: 'remove', source: '19', target: null })).toMatch(/was not in that segment/);
  });

  it.each(['earlier', 'memberBusy', 'askedToWait', 'away'] as const)(
    'promises that a change that waits for %s is made',
    (why) => {
      expect(queuedSentence(why)).toMatch(/will be made automatically/);
    },
  );

  it('never calls Shorter Loop busy about a change that was sent', () => {
    for (const why of ['accepted', 'unanswered'] as const) {
      expect(queuedSentence(why)).not.toMatch(/busy|wait|will be made/);
      expect(queuedSentence(why)).toMatch(/looks again/);
    }
  });

  it('tells a wait in minutes, and never as more than an hour', () => {
    const limited = (retryAfterMs: number | null) =>
      problemSentence({ code: 'shorterLoop', cause: 'rateLimited', status: 429, retryAfterMs });
    expect(limited(null)).toContain('in a minute');
    expect(limited(7_000)).toContain('in a minute');
    expect(limited(150_000)).toContain('in 3 minutes');
    expect(limited(3_600_000)).toContain('in an hour');
    expect(problemSentence({ code: 'busy', retryAfterMs: 280_000 })).toContain('in 5 minutes');
    expect(problemSentence({ code: 'busy', retryAfterMs: 3_000 })).toContain('in a moment');
  });
});
