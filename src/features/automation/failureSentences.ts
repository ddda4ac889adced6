import { isolated, markedId, type LedgerEntry, type Problem, type UndoRefusal, type WriteKind } from '../../contract';
import { reasonWords } from './inputReasonWords';

/** Who reads a sentence: the owner of a rule in its audit log, or whoever wrote an API client. */
type Reader = 'rule' | 'apiClient';

/**
 * What a rule's owner reads in the audit log, or an API client in its answer: cause and next step. Forge offers no
 * translation of these; see docs/automation.md.
 */
export function problemSentence(problem: Problem, reader: Reader = 'rule'): string {
  switch (problem.code) {
    case 'notConfigured':
    case 'notProven':
    case 'writeNotProven':
    case 'writesStopped':
    case 'testNeedsOthers':
    case 'projectOff':
    case 'featureOff':
    case 'notAScratch':
    case 'countChanged':
      return setupSentence(problem);
    case 'newKeyRefused':
      return shorterLoopSentence(problem.cause, problem.status);
    case 'issueNotVisible':
    case 'projectNotVisible':
      return WORDS[reader][problem.code];
    case 'notPermitted':
      return WORDS[reader].notPermitted(problem.needed);
    case 'apiClientGone':
    case 'apiClientMayNot':
      return apiClientSentence(problem);
    case 'notLinked':
      return 'The reporter is no longer linked to a Shorter Loop member. Link them in the panel of the work item.';
    case 'noMember':
      return noMemberSentence(problem.state);
    case 'segmentUnknown':
    case 'segmentUnreadable':
    case 'segmentAmbiguous':
    case 'sourceUnclear':
      return segmentSentence(problem, reader);
    case 'invalidInput':
      return invalidSentence(problem, reader);
    case 'stale':
      return staleSentence(problem.reason, reader);
    case 'undoRefused':
      return undoSentence(problem.reason);
    case 'duplicateRequest':
      return duplicateSentence(problem.state);
    case 'operationIdTaken':
      return takenIdSentence(problem);
    case 'busy':
      return busySentence(problem.retryAfterMs);
    case 'queueFull':
      return queueFullSentence(problem.of);
    case 'consentNeeded':
      return WORDS[reader].consentNeeded;
    case 'jiraBudget':
    case 'jira':
      return jiraSentence(problem);
    case 'shorterLoop':
      return shorterLoopSentence(problem.cause, problem.status, problem.retryAfterMs);
    case 'run':
      return 'The bulk run has changed, so this is no longer possible.';
    case 'storage':
      return "The app's storage could not be reached, and nothing was changed. Try again in a minute.";
    case 'internal':
      return `An error occurred in the app. Give your Jira admin the reference ${problem.reference}.`;
  }
}

const MINUTE_MS = 60_000;
/** So many segments of one name are listed: an audit log is no place for hundreds. */
const MOST_NAMED = 5;
/** Where a Jira admin finds the app. */
const ADMIN_PAGE = 'Jira settings → Apps → Shorter Loop segments';
const ONLY_ADMINS = `Only Jira admins can do this, under ${ADMIN_PAGE}.`;
const INVITE_OFF =
  'Adding people by their email address is switched off until a Jira admin has tried it with a test person ' +
  `under ${ADMIN_PAGE}, Segments.`;

type Words = {
  readonly issueNotVisible: string;
  readonly projectNotVisible: string;
  readonly notPermitted: (needed: Extract<Problem, { code: 'notPermitted' }>['needed']) => string;
  readonly consentNeeded: string;
  /** What to do next, each a sentence. */
  readonly correct: string;
  readonly again: string;
  readonly add: string;
  readonly chooseSource: string;
  readonly checkSource: string;
  readonly chooseAnother: string;
};

/** What each reader is told in words of their own: a rule has a user and a form, an API client sends requests. */
const WORDS: Readonly<Record<Reader, Words>> = {
  rule: {
    issueNotVisible:
      "The work item does not exist, or the rule's user may not see it. Check the work item key and who runs the rule.",
    projectNotVisible: "The project does not exist, or the rule's user may not see it.",
    notPermitted: (needed) =>
      needed === 'GROUP'
        ? `The rule's user is in none of the groups that may do this. A Jira admin can change that under ${ADMIN_PAGE}.`
        : `The rule's user lacks the permission ${needed} on this work item. ` +
          'Run the rule as someone who has it, or ask a Jira admin to change which permission is needed.',
    consentNeeded:
      "The rule's user has not given the app access. Ask them to open the Shorter Loop segments of a work item " +
      'and allow access there, or choose another user to run the rule.',
    correct: 'Correct it in the rule.',
    again: 'Run the rule again.',
    add: 'Use "Add reporter to segment".',
    chooseSource: 'Choose the segment to move from in the rule.',
    checkSource: 'Check the rule, or choose "Any segment".',
    chooseAnother: 'Choose another one in the rule.',
  },
  apiClient: {
    // Nobody stands behind a request: the app's own user reads Jira, and a permission scheme may leave it out. Whether
    // the work item exists is not told, as Jira does not tell it to the app. `atlassian-addons-project-access` is the
    // role that Jira gives to the users of apps.
    issueNotVisible:
      'The work item was not found, or the app may not see it: requests are read as the app itself. ' +
      'Grant “Browse projects” to the project role atlassian-addons-project-access in the permission scheme ' +
      `of its project. A Jira admin can test a work item as the app under ${ADMIN_PAGE}, Access.`,
    projectNotVisible: 'The project does not exist, or the app may not see it.',
    notPermitted: (needed) =>
      `The app does not have what is needed for this (${needed}). A Jira admin can look at it under ${ADMIN_PAGE}.`,
    consentNeeded: `Jira did not let the app in. A Jira admin can look at it under ${ADMIN_PAGE}.`,
    correct: 'Correct it in the request.',
    again: 'Send the request again.',
    add: 'Send the action "add".',
    chooseSource: 'Send the segment to move from as "source".',
    checkSource: 'Send the segment that they are in as "source", or "any".',
    chooseAnother: 'Send the id of another one, such as "#19", or its exact name.',
  },
};

function setupSentence(
  problem: Extract<
    Problem,
    {
      code:
        | 'notConfigured'
        | 'notProven'
        | 'writeNotProven'
        | 'writesStopped'
        | 'testNeedsOthers'
        | 'projectOff'
        | 'featureOff'
        | 'notAScratch'
        | 'countChanged';
    }
  >,
): string {
  switch (problem.code) {
    case 'notConfigured':
      return `Shorter Loop is not connected yet. A Jira admin can connect it under ${ADMIN_PAGE}.`;
    case 'notProven':
      return `Nobody can be looked up or changed until a Jira admin has checked the connection under ${ADMIN_PAGE}.`;
    case 'writeNotProven':
      return (
        'This kind of change is switched off until a Jira admin has tried it with a test person ' +
        `under ${ADMIN_PAGE}.`
      );
    case 'writesStopped':
      return (
        'This kind of change is paused for the whole site, because other members were changed beside one. ' +
        `A Jira admin can look at it under ${ADMIN_PAGE}.`
      );
    case 'projectOff':
      return (
        'The app is not switched on in this project. ' + `A Jira admin can switch it on under ${ADMIN_PAGE}, Access.`
      );
    case 'featureOff':
      return problem.feature === 'addByEmail' ? INVITE_OFF : ONLY_ADMINS;
    case 'testNeedsOthers':
    case 'notAScratch':
    case 'countChanged':
      return ONLY_ADMINS;
  }
}

function apiClientSentence(problem: Extract<Problem, { code: 'apiClientGone' | 'apiClientMayNot' }>): string {
  if (problem.code === 'apiClientGone') return 'The API client was revoked. Ask a Jira admin for a new one.';
  const act = problem.act === 'look' ? 'read' : problem.act;
  return `This API client may not ${act}. Ask a Jira admin to change what it may do.`;
}

function jiraSentence(problem: Extract<Problem, { code: 'jira' | 'jiraBudget' }>): string {
  if (problem.code === 'jiraBudget')
    return "This site's share of Jira's hourly points is used up. Try again after the next full hour.";
  return problem.limit === 'quota'
    ? "Jira's hourly limit for this app is used up. Try again after the next full hour."
    : `Jira did not answer as expected${status(problem.status)}. Try again in a minute.`;
}

function queueFullSentence(of: Extract<Problem, { code: 'queueFull' }>['of']): string {
  const whose = { reporter: 'this reporter', apiClient: 'this API client', site: 'this site' }[of];
  return (
    `So many changes of ${whose} wait already that no more are taken in, nor was this one. Try again in a minute. ` +
    `A Jira admin can see and dismiss what waits under ${ADMIN_PAGE}, Health.`
  );
}

function duplicateSentence(state: LedgerEntry['state']): string {
  return state === 'finished'
    ? 'This change was already submitted and has finished.'
    : 'This change was already submitted and has not finished yet. The ledger will show its outcome.';
}

function sourceUnclearSentence(segments: number, reader: Reader): string {
  const { add, chooseSource } = WORDS[reader];
  return segments === 0
    ? `The reporter is in no segment, so there is no segment to move them from. ${add}`
    : `The reporter is in ${segments} segments, so it is not clear which one to move from. ${chooseSource}`;
}

function segmentSentence(
  problem: Extract<Problem, { code: 'segmentUnknown' | 'segmentUnreadable' | 'segmentAmbiguous' | 'sourceUnclear' }>,
  reader: Reader,
): string {
  switch (problem.code) {
    case 'segmentUnknown':
      return unknownSegmentSentence(problem, reader);
    case 'segmentUnreadable':
      return unreadableSegmentSentence(problem.segmentId);
    case 'segmentAmbiguous':
      return ambiguousSegmentSentence(problem);
    case 'sourceUnclear':
      return sourceUnclearSentence(problem.segments, reader);
  }
}

function invalidSentence({ field, reason }: Extract<Problem, { code: 'invalidInput' }>, reader: Reader): string {
  return `The input "${isolated(field)}" is not right: ${reasonWords(reason)}. ${WORDS[reader].correct}`;
}

function unknownSegmentSentence(
  { given, which }: Extract<Problem, { code: 'segmentUnknown' }>,
  reader: Reader,
): string {
  const direction = which === 'source' ? 'from' : 'to';
  return `Shorter Loop has no segment “${isolated(given)}” to move ${direction}. ${WORDS[reader].chooseAnother}`;
}

function unreadableSegmentSentence(segmentId: number): string {
  return (
    `Shorter Loop's record of the segment with the id ${segmentId} can't be read in full, so nothing is ` +
    'changed in it. Let someone put it right in Shorter Loop.'
  );
}

function ambiguousSegmentSentence({ given, candidates }: Extract<Problem, { code: 'segmentAmbiguous' }>): string {
  const named = candidates.slice(0, MOST_NAMED).map(({ id, name }) => `${markedId(id)} “${isolated(name)}”`);
  const meant = [...named, ...(candidates.length > MOST_NAMED ? ['…'] : [])].join(', ');
  return (
    `“${isolated(given)}” could mean more than one segment: ${meant}. ` +
    `Nothing was changed. Write the id with its sign, such as ${markedId(candidates[0]?.id ?? 1)}, ` +
    'or rename one of them.'
  );
}

const WHAT_WAS_ASKED: Readonly<Record<WriteKind, string>> = { move: 'a move', remove: 'a removal', add: 'an adding' };

function takenIdSentence({ kind, issueKey, atMs }: Extract<Problem, { code: 'operationIdTaken' }>): string {
  const where = issueKey === null ? '' : ` on ${issueKey}`;
  return (
    `This operation id was used for another request: ${WHAT_WAS_ASKED[kind]}${where}, ` +
    `at ${new Date(atMs).toISOString()}. Nothing was changed. Send another id for each change.`
  );
}

/** A write that ended, and not as the rule wants: what is known of it, and what to do. */
export function failureSentence({ answer, members }: LedgerEntry): string {
  const [member] = members;
  const why = answer?.cause === null || answer === null ? '' : ` ${shorterLoopSentence(answer.cause, answer.status)}`;
  switch (member?.reason) {
    case 'saidNo':
      return `Shorter Loop refused, and nothing was changed.${why}`;
    case 'notSent':
      return `Shorter Loop was not reached, and nothing was changed.${why}`;
    case 'inBoth':
      return 'Shorter Loop shows the member in both segments. Remove them from the wrong one in Shorter Loop.';
    case 'inNeither':
      return 'Shorter Loop shows the member in neither segment. Add them again in Shorter Loop.';
    default:
      return `Shorter Loop did not confirm the change.${why} Check the ledger before you try again.`;
  }
}

/** Why a rule went on without a change, and that it was told to. */
export function skippedSentence(state: Extract<Problem, { code: 'noMember' }>['state']): string {
  return `Skipped, as the rule asks for where the person isn't known. ${noMemberSentence(state)}`;
}

function noMemberSentence(state: Extract<Problem, { code: 'noMember' }>['state']): string {
  switch (state) {
    case 'found':
      return (
        'The reporter was unlinked from their Shorter Loop member by hand. ' +
        'Link them in the panel of the work item.'
      );
    case 'ambiguous':
      return (
        "More than one Shorter Loop member has the reporter's email, the one who has it is linked to another account " +
        "already, or the reporter's account is a portal customer's or deactivated. " +
        'Choose the right member in the panel of the work item.'
      );
    case 'notFound':
      return "No segment has a member with the reporter's email. Link them by hand in the panel of the work item.";
    case 'emailHidden':
      return "The reporter's email is not visible to the app. Link them by hand in the panel of the work item.";
    case 'noReporter':
      return 'The work item has no reporter. Set a reporter.';
    case 'notAPerson':
      return 'The reporter is not a person, or their account is closed. Set a person as the reporter.';
  }
}

function staleSentence(reason: Extract<Problem, { code: 'stale' }>['reason'], reader: Reader): string {
  const { again, checkSource, chooseAnother } = WORDS[reader];
  switch (reason) {
    case 'reporterChanged':
      return 'The work item has no reporter who could be a member. Set a person as the reporter.';
    case 'linkChanged':
      return `The reporter is linked to another member now. ${again}`;
    case 'notInSource':
      return `The reporter is not in the segment to move from. ${checkSource}`;
    case 'alreadyInTarget':
      return 'The reporter is already in the segment.';
    case 'sourceGone':
      return `The segment to move from no longer exists. ${chooseAnother}`;
    case 'targetGone':
      return `The segment to move to no longer exists. ${chooseAnother}`;
  }
}

function undoSentence(_reason: UndoRefusal): string {
  return 'The change can no longer be undone.';
}

/** A member is held for seconds while somebody changes them, and for minutes while such a change is not settled. */
function busySentence(waitMs: number): string {
  return waitMs <= MINUTE_MS
    ? 'Someone else is updating this member. Try again in a moment.'
    : `An earlier change of this member was sent and is not settled yet. Try again ${inTime(waitMs)}.`;
}

function inTime(waitMs: number | null): string {
  if (waitMs === null || waitMs <= MINUTE_MS) return 'in a minute';
  const minutes = Math.ceil(waitMs / MINUTE_MS);
  return minutes < 60 ? `in ${minutes} minutes` : 'in an hour';
}

function shorterLoopSentence(
  cause: Extract<Problem, { code: 'shorterLoop' }>['cause'],
  code: number | null,
  retryAfterMs: number | null = null,
): string {
  switch (cause) {
    case 'unauthorized':
      return `Shorter Loop did not accept the API key. A Jira admin can enter a valid one under ${ADMIN_PAGE}.`;
    case 'forbidden':
      return (
        'The API key may not do this in Shorter Loop, or the plan there does not include it. ' +
        'A Jira admin can check both, and the initiative ID.'
      );
    case 'notFound':
      return 'Shorter Loop could not find the segment or the address. A Jira admin can run the connection check.';
    case 'wrongDialect':
      return (
        'Shorter Loop expects another form of the request. ' +
        `A Jira admin can find it with "Test with a test person" under ${ADMIN_PAGE}.`
      );
    case 'rateLimited':
      return `Shorter Loop asked us to wait. Try again ${inTime(retryAfterMs)}.`;
    case 'invalid':
      return `Shorter Loop rejected the request${status(code)}. A Jira admin can run the connection check.`;
    case 'server':
      return `Shorter Loop has a problem${status(code)}. Try again in a minute.`;
    case 'network':
      return 'Shorter Loop could not be reached. Try again in a minute.';
    case 'timeout':
      return 'Shorter Loop took too long. Try again in a minute.';
    case 'redirected':
      return (
        `Shorter Loop answers with another address${status(code)}, to which the key is not sent. ` +
        'A Jira admin can run the connection check.'
      );
    case 'cut':
      return 'Shorter Loop showed only a part of a list. A Jira admin can run the connection check.';
    case 'malformed':
      return `Shorter Loop's answer could not be read${status(code)}. A Jira admin can run the connection check.`;
  }
}

function status(code: number | null): string {
  return code === null ? '' : ` (status ${code})`;
}
