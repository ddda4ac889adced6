import type { Problem } from '../../contract';
import type { QueuedChange } from '../../adapters/store';
import { problemSentence } from './failureSentences';

/** Of a change that waited only the code of its problem is kept: these have a sentence that needs no more. */
const WHOLE: ReadonlyMap<string, Problem> = new Map<string, Problem>([
  ['notConfigured', { code: 'notConfigured', missing: [] }],
  ['notProven', { code: 'notProven' }],
  ['projectOff', { code: 'projectOff' }],
  ['issueNotVisible', { code: 'issueNotVisible' }],
  ['notLinked', { code: 'notLinked' }],
  ['consentNeeded', { code: 'consentNeeded' }],
  ['apiClientGone', { code: 'apiClientGone' }],
  ['featureOff', { code: 'featureOff', feature: 'addByEmail' }],
]);

/** What is known by the code alone, of what was given up otherwise. */
const SENTENCES: ReadonlyMap<string, string> = new Map([
  ['noMember', 'The reporter is not a known member of Shorter Loop. A Jira admin can link them on the work item.'],
  ['segmentUnknown', 'A segment of the request was no longer in Shorter Loop.'],
  ['segmentUnreadable', "Shorter Loop's record of a segment of the request could not be read in full."],
  ['segmentAmbiguous', 'A segment of the request could mean more than one. Send its id with its sign, such as "#19".'],
  ['sourceUnclear', 'The reporter was in no segment or in several, so it was not clear which one to move from.'],
  ['stale', 'The segments had changed meanwhile: the reporter was no longer where the request supposed.'],
  ['saidNo', 'Shorter Loop refused it.'],
  ['shorterLoop', 'Shorter Loop did not take it. A Jira admin can run the connection check.'],
  ['notSent', 'Shorter Loop was not reached.'],
  ['inBoth', 'Shorter Loop shows the member in both segments.'],
  ['inNeither', 'Shorter Loop shows the member in neither segment.'],
  ['unchanged', 'Shorter Loop accepted it and showed no change.'],
  ['tooManyAttempts', 'It was tried several times, and Shorter Loop never showed the change.'],
  ['waitedTooLong', 'It had waited for so long that nobody expects it any more.'],
  ['operationIdTaken', 'The operation id of its attempt was used for something else.'],
  ['jira', 'Jira did not let the app read the work item.'],
]);
const UNKNOWN = 'Whether it was carried out is not known. Look at the reporter before you send it again.';

/** Why a change that waited for an API client was given up, as a sentence for whoever wrote the API client. */
export function givenUpSentence({ failure, kind }: Pick<QueuedChange, 'failure' | 'kind'>): string {
  const code = failure ?? '';
  const whole = WHOLE.get(code) ?? aboutKind(code, kind);
  return whole === null ? (SENTENCES.get(code) ?? UNKNOWN) : problemSentence(whole, 'apiClient');
}

/** The problems that name what was to be done. */
function aboutKind(code: string, kind: QueuedChange['kind']): Problem | null {
  switch (code) {
    case 'apiClientMayNot':
      return { code, act: kind };
    case 'writeNotProven':
      return { code, kind };
    case 'writesStopped':
      return { code, kind, operationId: '' };
    default:
      return null;
  }
}
