import { markedId, type InputReason } from '@contract';
import { list, t, type Values } from '../i18n';
import type { PageProblem } from './ask';
import { ASKED_SOMETHING, type AskedFor } from './askedFor';
import { durationText } from './durationText';
import { refusalText, type ProblemText } from './refusalText';
import { LONGEST_WAIT_MS } from './waits';

/**
 * What can be done about a problem from here: ask the same again (after a wait), read everything
 * afresh, or nothing.
 */
type Remedy =
  { readonly kind: 'retry'; readonly afterMs: number } | { readonly kind: 'reload' } | { readonly kind: 'none' };

/** A problem in words, with its remedy. */
export type ProblemWords = ProblemText & { readonly remedy: Remedy };

const RELOAD: Remedy = { kind: 'reload' };
const NONE: Remedy = { kind: 'none' };

/**
 * Puts a problem into words: what it is, why, what to do next, and whether to offer another try.
 * @param asked what was asked for, where a refusal is to say it
 */
export function problemText(problem: PageProblem, asked: AskedFor = ASKED_SOMETHING): ProblemWords {
  switch (problem.code) {
    case 'notPermitted':
    case 'invalidInput':
    case 'newKeyRefused':
    case 'featureOff':
    case 'notAScratch':
    case 'testNeedsOthers':
    case 'projectOff':
    case 'apiClientGone':
    case 'apiClientMayNot':
      return { ...refusedText(problem, asked), remedy: NONE };
    case 'busy':
      return { ...busyText(problem.retryAfterMs), remedy: retry(problem.retryAfterMs) };
    case 'queueFull':
    case 'jiraBudget':
      return { ...words(problem.code), remedy: retry(problem.retryAfterMs) };
    case 'jira':
      return { ...jiraText(problem), remedy: retry(problem.retryAfterMs) };
    case 'shorterLoop':
      return shorterLoopText(problem);
    case 'internal':
      return { ...words('internal', { reference: problem.reference }), remedy: retry(null) };
    case 'storage':
    case 'noAnswer':
      return { ...words(problem.code), remedy: retry(null) };
    case 'run':
      // Reading afresh mends no query, and makes no run one's own.
      return {
        ...runText(problem),
        remedy: problem.cause === 'unknown' || problem.cause === 'otherState' ? RELOAD : NONE,
      };
    default:
      return { ...outdatedText(problem), remedy: RELOAD };
  }
}

/** The problems that neither another try nor reading afresh helps against. */
type Refused = Extract<
  PageProblem,
  {
    code:
      | 'notPermitted'
      | 'invalidInput'
      | 'newKeyRefused'
      | 'featureOff'
      | 'notAScratch'
      | 'testNeedsOthers'
      | 'projectOff'
      | 'apiClientGone'
      | 'apiClientMayNot';
  }
>;

function refusedText(problem: Refused, asked: AskedFor): ProblemText {
  switch (problem.code) {
    case 'notPermitted':
      return refusalText(problem, asked);
    case 'invalidInput':
      return words('invalidInput', { field: problem.field, reason: reasonText(problem.reason) });
    case 'newKeyRefused': {
      const { cause } = withStatus(shorterLoopWords(problem.cause), problem.status);
      return words('newKeyRefused', { cause });
    }
    case 'featureOff':
      return words('featureOff', { feature: t(`problems.featureOff.features.${problem.feature}`) });
    case 'notAScratch':
      return words('notAScratch', { count: problem.people });
    case 'testNeedsOthers':
      return words('testNeedsOthers', { id: problem.segmentId });
    case 'projectOff':
    case 'apiClientGone':
    case 'apiClientMayNot':
      return words(problem.code);
  }
}

/** The problems that may be gone once everything is read afresh. */
type Outdated = Exclude<
  PageProblem,
  | Refused
  | { code: 'busy' | 'queueFull' | 'jiraBudget' | 'jira' | 'shorterLoop' | 'internal' | 'storage' | 'noAnswer' | 'run' }
>;

function outdatedText(problem: Outdated): ProblemText {
  switch (problem.code) {
    case 'notConfigured':
      return notConfiguredText(problem);
    case 'stale':
    case 'undoRefused':
      return staleText(problem);
    case 'duplicateRequest':
      return {
        title: t('problems.duplicateRequest.title'),
        cause: t(`problems.duplicateRequest.${problem.state}`),
        next: t('problems.duplicateRequest.next'),
      };
    case 'countChanged':
      return words('countChanged', { count: problem.people });
    case 'writeNotProven':
    case 'writesStopped':
      return words(problem.code, { kind: t(`problems.writeKinds.${problem.kind}`) });
    case 'notProven':
    case 'issueNotVisible':
    case 'projectNotVisible':
    case 'notLinked':
    case 'noMember':
    case 'consentNeeded':
      return words(problem.code);
    case 'segmentUnknown':
      return words('segmentUnknown', { given: problem.given });
    case 'segmentUnreadable':
      return words('segmentUnreadable', { id: problem.segmentId });
    case 'segmentAmbiguous':
      return words('segmentAmbiguous', {
        given: problem.given,
        // With the ids of all: they are what to choose by.
        segments: list(
          problem.candidates.map(({ id, name }) => `${name} (${markedId(id)})`),
          'or',
        ),
      });
    case 'sourceUnclear':
      return words('sourceUnclear', { count: problem.segments });
    case 'operationIdTaken':
      return words('operationIdTaken');
  }
}

function runText(problem: Extract<PageProblem, { code: 'run' }>): ProblemText {
  switch (problem.cause) {
    case 'others':
      return words('othersRun');
    case 'tooMany':
      return words('tooManyRuns');
    case 'tooManySegments':
      return words('tooManySegments');
    case 'badQuery':
      return problem.said === null
        ? words('badQuery')
        : { ...words('badQuery'), cause: t('problems.badQuery.said', { said: problem.said }) };
    case 'unknown':
    case 'otherState':
      return {
        title: t('problems.run.title'),
        cause: t(`problems.run.${problem.cause}`),
        next: t('problems.run.next'),
      };
  }
}

/** {@link problemText} for a Jira admin at the settings, who needs no advice to ask one. */
export function adminProblemText(problem: PageProblem): ProblemWords {
  const said = problemText(problem, { act: 'administer', place: null });
  if (problem.code === 'shorterLoop')
    return withWait({ ...said, next: t(`problems.adminNext.${problem.cause}`) }, problem.retryAfterMs);
  return problem.code === 'notConfigured' ? { ...said, next: t('problems.incomplete') } : said;
}

/** Why the app did not accept an input, in a sentence. */
export function reasonText({ code, ...values }: InputReason): string {
  return t(`problems.invalidInput.reasons.${code}`, values);
}

/** The problems that are told in three texts of their own. */
type Told =
  | Exclude<
      PageProblem['code'],
      'notConfigured' | 'notPermitted' | 'stale' | 'undoRefused' | 'duplicateRequest' | 'shorterLoop' | 'run'
    >
  | 'jiraQuota'
  | 'jiraBusy'
  | 'othersRun'
  | 'tooManyRuns'
  | 'tooManySegments'
  | 'badQuery';

function words(code: Told, values: Values = {}): ProblemText {
  return {
    title: t(`problems.${code}.title`, values),
    cause: t(`problems.${code}.cause`, values),
    next: t(`problems.${code}.next`, values),
  };
}

function notConfiguredText({ missing }: Extract<PageProblem, { code: 'notConfigured' }>): ProblemText {
  const settings = missing.map((setting) => t(`problems.notConfigured.settings.${setting}`));
  const cause =
    settings.length === 0
      ? t('problems.notConfigured.missingSomething')
      : t('problems.notConfigured.cause', { missing: list(settings) });
  return { title: t('problems.notConfigured.title'), cause, next: t('problems.notConfigured.next') };
}

function staleText(problem: Extract<PageProblem, { code: 'stale' | 'undoRefused' }>): ProblemText {
  const cause =
    problem.code === 'stale'
      ? t(`problems.stale.causes.${problem.reason}`)
      : t(`problems.undoRefused.causes.${problem.reason}`);
  return { title: t(`problems.${problem.code}.title`), cause, next: t(`problems.${problem.code}.next`) };
}

function jiraText({ limit, status, retryAfterMs }: Extract<PageProblem, { code: 'jira' }>): ProblemText {
  if (limit === 'quota') return words('jiraQuota');
  return status === 429 ? withWait(words('jiraBusy'), retryAfterMs) : withStatus(words('jira'), status);
}

function shorterLoopText({ cause, status, retryAfterMs }: Extract<PageProblem, { code: 'shorterLoop' }>): ProblemWords {
  const said = shorterLoopWords(cause);
  switch (cause) {
    case 'rateLimited':
      return { ...withWait(said, retryAfterMs), remedy: retry(retryAfterMs) };
    case 'unauthorized':
    case 'forbidden':
    case 'notFound':
    case 'wrongDialect':
    case 'invalid':
    case 'redirected':
    case 'cut':
      return { ...withStatus(said, status), remedy: RELOAD };
    case 'server':
    case 'network':
    case 'timeout':
    case 'malformed':
      return { ...withStatus(said, status), remedy: retry(retryAfterMs) };
  }
}

/** Why a call to Shorter Loop failed, in words. */
export function shorterLoopWords(cause: Extract<PageProblem, { code: 'shorterLoop' }>['cause']): ProblemText {
  return {
    title: t(`problems.shorterLoop.${cause}.title`),
    cause: t(`problems.shorterLoop.${cause}.cause`),
    next: t(`problems.shorterLoop.${cause}.next`),
  };
}

function withStatus(said: ProblemText, status: number | null): ProblemText {
  return status === null ? said : { ...said, cause: t('problems.withStatus', { cause: said.cause, status }) };
}

/** A wait that is longer than a page waits out by itself is told; a shorter one is counted down beside the text. */
function withWait<T extends ProblemText>(said: T, waitMs: number | null): T {
  if (waitMs === null || waitMs <= LONGEST_WAIT_MS) return said;
  return { ...said, next: t('problems.tryIn', { time: durationText(waitMs) }) };
}

/** A person is held for seconds while somebody changes them, and for minutes while such a change is not settled. */
function busyText(waitMs: number): ProblemText {
  const said = words('busy');
  if (waitMs <= LONGEST_WAIT_MS) return said;
  return withWait({ ...said, title: t('problems.unsettled.title'), cause: t('problems.unsettled.cause') }, waitMs);
}

function retry(afterMs: number | null): Remedy {
  return { kind: 'retry', afterMs: afterMs ?? 0 };
}
