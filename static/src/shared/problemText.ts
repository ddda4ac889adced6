import { texts, type ProblemText } from '../texts';
import type { PageProblem } from './ask';

/** What can be done about a problem from here: ask the same again (after a wait), read everything afresh, or nothing. */
export type Remedy = { readonly kind: 'retry'; readonly afterMs: number } | { readonly kind: 'reload' } | { readonly kind: 'none' };

/** A problem in words, with its remedy. */
export type ProblemWords = ProblemText & { readonly remedy: Remedy };

const RELOAD: Remedy = { kind: 'reload' };
const NONE: Remedy = { kind: 'none' };

/** Puts a problem into words: what it is, why, what to do next, and whether to offer another try. */
export function problemText(problem: PageProblem): ProblemWords {
  const words = texts.problems;
  switch (problem.code) {
    case 'notConfigured': {
      const { title, cause, next } = texts.panel.notConfigured;
      return { title, cause: cause(problem.missing), next, remedy: RELOAD };
    }
    case 'issueNotVisible':
      return { ...words.issueNotVisible, remedy: RELOAD };
    case 'notPermitted':
      return { ...notPermittedText(problem.needed), remedy: NONE };
    case 'notLinked':
      return { ...words.notLinked, remedy: RELOAD };
    case 'invalidInput': {
      const { title, cause, next } = words.invalidInput;
      return { title, cause: cause(problem.field, problem.reason), next, remedy: NONE };
    }
    case 'stale':
      return { title: words.stale.title, cause: words.stale.causes[problem.reason], next: words.stale.next, remedy: RELOAD };
    case 'undoRefused':
      return { title: words.undoRefused.title, cause: words.undoRefused.causes[problem.reason], next: words.undoRefused.next, remedy: RELOAD };
    case 'alreadyAsked':
      return { title: words.alreadyAsked.title, cause: words.alreadyAsked[problem.state], next: words.alreadyAsked.next, remedy: RELOAD };
    case 'busy':
      return { ...words.busy, remedy: retry(problem.retryAfterMs) };
    case 'noMember':
      return { ...words.noMember, remedy: RELOAD };
    case 'segmentUnknown':
      return { title: words.segmentUnknown.title, cause: words.segmentUnknown.cause(problem.given), next: words.segmentUnknown.next, remedy: RELOAD };
    case 'sourceUnclear':
      return { title: words.sourceUnclear.title, cause: words.sourceUnclear.cause(problem.segments), next: words.sourceUnclear.next, remedy: RELOAD };
    case 'addingOff':
      return { ...words.addingOff, remedy: NONE };
    case 'jira':
      if (problem.limit === 'quota') return { ...words.jiraQuota, remedy: retry(problem.retryAfterMs) };
      return problem.status === 429
        ? { ...words.jiraBusy, remedy: retry(problem.retryAfterMs) }
        : { ...withStatus(words.jira, problem.status), remedy: retry(problem.retryAfterMs) };
    case 'shorterLoop':
      return shorterLoopText(problem);
    case 'storage':
      return { ...words.storage, remedy: retry(null) };
    case 'internal': {
      const { title, cause, next } = words.internal;
      return { title, cause: cause(problem.reference), next, remedy: retry(null) };
    }
    case 'noAnswer':
      return { ...words.noAnswer, remedy: retry(null) };
  }
}

/** {@link problemText} for a Jira admin at the settings, who needs no advice to ask one. */
export function adminProblemText(problem: PageProblem): ProblemWords {
  const words = problemText(problem);
  if (problem.code === 'shorterLoop') return { ...words, next: texts.problems.adminNext[problem.cause] };
  return problem.code === 'notConfigured' ? { ...words, next: texts.problems.incomplete } : words;
}

function notPermittedText(needed: Extract<PageProblem, { code: 'notPermitted' }>['needed']): ProblemText {
  const words = texts.problems;
  if (needed === 'ADMINISTER') return words.mayNotAdminister;
  if (needed === 'GROUP') return words.notInGroup;
  const { title, cause, next } = words.mayNotChange;
  const permission = texts.permissions[needed];
  return { title, cause: cause(permission), next: next(permission) };
}

function shorterLoopText(problem: Extract<PageProblem, { code: 'shorterLoop' }>): ProblemWords {
  const words = texts.problems.shorterLoop[problem.cause];
  switch (problem.cause) {
    case 'rateLimited':
      return { ...words, remedy: retry(problem.retryAfterMs) };
    case 'unauthorized':
    case 'forbidden':
    case 'notFound':
    case 'wrongDialect':
    case 'invalid':
      return { ...withStatus(words, problem.status), remedy: RELOAD };
    case 'server':
    case 'network':
    case 'timeout':
    case 'malformed':
      return { ...withStatus(words, problem.status), remedy: retry(problem.retryAfterMs) };
  }
}

function withStatus(words: ProblemText, status: number | null): ProblemText {
  return status === null ? words : { ...words, cause: `${words.cause} ${texts.problems.status(status)}` };
}

function retry(afterMs: number | null): Remedy {
  return { kind: 'retry', afterMs: afterMs ?? 0 };
}
