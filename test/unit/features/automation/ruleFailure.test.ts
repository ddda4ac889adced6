import { RULE_FAILURE_CAUSES, type Problem, type RuleFailureCause } from '../../../../src/contract';
import {
  causeOfCode,
  causeOfEntry,
  causeOfProblem,
  countRuleFailure,
} from '../../../../src/features/automation/ruleFailure';
import { ledgerEntry } from '../../../support/ledgerEntry';
import { createSite, valueOf } from '../../../support/site';

const noMember = (state: Extract<Problem, { code: 'noMember' }>['state']): Problem => ({ code: 'noMember', state });
const stale = (reason: Extract<Problem, { code: 'stale' }>['reason']): Problem => ({ code: 'stale', reason });

test.each([
  [noMember('notFound'), 'notFound'],
  [noMember('ambiguous'), 'ambiguous'],
  [noMember('emailHidden'), 'emailHidden'],
  [noMember('found'), 'unlinked'],
  [noMember('notAPerson'), 'noReporter'],
  [noMember('noReporter'), 'noReporter'],
  [stale('reporterChanged'), 'noReporter'],
  [stale('linkChanged'), 'unlinked'],
  [stale('sourceGone'), 'segmentUnknown'],
  [stale('targetGone'), 'segmentUnknown'],
  [stale('notInSource'), 'notInSource'],
  [stale('alreadyInTarget'), 'notInSource'],
  [{ code: 'featureOff', feature: 'addByEmail' }, 'notProven'],
  [{ code: 'shorterLoop', cause: 'timeout', status: null, retryAfterMs: null }, 'shorterLoop'],
  [{ code: 'internal', reference: 'r' }, 'internal'],
] as const)('the cause of %j is %s', (problem, cause) => {
  expect(causeOfProblem(problem)).toBe(cause);
});

test.each([
  ['saidNo', 'shorterLoop'],
  ['notSent', 'shorterLoop'],
  ['inBoth', 'notConfirmed'],
  ['unchanged', 'notConfirmed'],
  [null, 'notConfirmed'],
] as const)('the cause of a write that ended with %s is %s', (reason, cause) => {
  expect(causeOfEntry(ledgerEntry({ members: [{ memberId: 7, outcome: 'refused', reason }] }))).toBe(cause);
});

test.each<[RuleFailureCause, readonly string[]]>([
  ['notConfigured', ['notConfigured']],
  ['notProven', ['notProven', 'writeNotProven', 'featureOff']],
  ['writesStopped', ['writesStopped']],
  ['projectOff', ['projectOff']],
  ['issueNotVisible', ['issueNotVisible', 'projectNotVisible']],
  ['notPermitted', ['notPermitted']],
  ['consentNeeded', ['consentNeeded']],
  ['notFound', ['noMember']],
  ['unlinked', ['notLinked']],
  ['segmentUnknown', ['segmentUnknown']],
  ['segmentUnclear', ['segmentAmbiguous', 'sourceUnclear']],
  ['segmentUnreadable', ['segmentUnreadable']],
  ['notInSource', ['stale']],
  ['invalidInput', ['invalidInput']],
  ['queueFull', ['queueFull']],
  ['gaveUp', ['tooManyAttempts', 'waitedTooLong', 'busy']],
  ['shorterLoop', ['saidNo', 'notSent', 'shorterLoop', 'newKeyRefused']],
  [
    'notConfirmed',
    [
      'inBoth',
      'inNeither',
      'unchanged',
      'notReadable',
      'notConfirmed',
      'unknown',
      'duplicateRequest',
      'operationIdTaken',
    ],
  ],
  ['jira', ['jira', 'jiraBudget']],
  ['storage', ['storage']],
])('the cause %s is that of the codes %j', (cause, codes) => {
  expect(RULE_FAILURE_CAUSES).toContain(cause);
  expect(codes.map(causeOfCode)).toEqual(codes.map(() => cause));
});

test('a code that nobody knows is a fault of the app', () => {
  expect(causeOfCode('constructor')).toBe('internal');
});

describe('a failure of a rule', () => {
  const failed = { action: 'move-reporter', operationId: 'operation-1', cause: 'notFound' } as const;

  test.each([
    ['ACME-101', 'ACME-101'],
    ['acme-101', 'ACME-101'],
    // What is no key may be anything, a name too.
    ['Ann Lee', null],
    ['', null],
    [null, null],
  ])('is kept with its work item where that is a key: %j', async (issueKey, kept) => {
    const site = await createSite({ offline: true, members: 3, segments: 2 });
    await site.app.runAs({ moduleKey: 'tick' }, () => countRuleFailure({ ...failed, issueKey }));
    const { ruleFailures } = valueOf(await site.admin('admin.health'));
    expect(ruleFailures).toMatchObject([
      { cause: 'notFound', lastWeek: 1, latest: [{ ...failed, issueKey: kept, atMs: expect.any(Number) }] },
    ]);
    await site.stop();
  });

  test('is logged where it can not be kept, and fails nothing', async () => {
    const log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const site = await createSite({ offline: true, members: 3, segments: 2 });
    site.platform.intercept(({ kind }) => (kind === 'kvs' ? { status: 500, headers: {}, body: '{}' } : undefined));
    await site.app.runAs({ moduleKey: 'tick' }, () => countRuleFailure({ ...failed, issueKey: null }));
    expect(log.mock.calls.flat().join()).toContain('"where":"health"');
    await site.stop();
  });
});
