import { givenUpSentence } from '../../../../src/features/automation/givenUpSentence';

/** What the queue gives a change up for, by the code that is kept of it. */
const CODES: readonly (readonly [string, RegExp])[] = [
  ['notConfigured', /not connected yet/],
  ['notProven', /until a Jira admin has checked the connection/],
  ['writeNotProven', /switched off until a Jira admin has tried it/],
  ['writesStopped', /paused for the whole site/],
  ['projectOff', /not switched on in this project/],
  ['issueNotVisible', /was not found, or the app may not see it/],
  ['notLinked', /no longer linked/],
  ['consentNeeded', /Jira did not let the app in/],
  ['apiClientGone', /was revoked/],
  ['apiClientMayNot', /may not move/],
  ['featureOff', /by their email address is switched off/],
  ['noMember', /not a known member/],
  ['segmentUnknown', /no longer in Shorter Loop/],
  ['segmentUnreadable', /could not be read in full/],
  ['segmentAmbiguous', /more than one/],
  ['sourceUnclear', /not clear which one/],
  ['stale', /had changed meanwhile/],
  ['saidNo', /refused/],
  ['shorterLoop', /did not take it/],
  ['notSent', /was not reached/],
  ['inBoth', /in both segments/],
  ['inNeither', /in neither segment/],
  ['unchanged', /showed no change/],
  ['tooManyAttempts', /several times/],
  ['waitedTooLong', /waited for so long/],
  ['operationIdTaken', /used for something else/],
  ['jira', /did not let the app read/],
  ['notReadable', /is not known/],
  ['constructor', /is not known/],
];

it.each(CODES)('a change that waited and was given up for %s is told in words', (failure, words) => {
  const sentence = givenUpSentence({ failure, kind: 'move' });
  expect(sentence).toMatch(words);
  expect(sentence).toMatch(/^[A-Z].*\.$/);
  if (/[A-Z]/.test(failure)) expect(sentence).not.toContain(failure);
});

it('a change that is kept without a cause is told so', () => {
  expect(givenUpSentence({ failure: null, kind: 'remove' })).toMatch(/is not known/);
});
