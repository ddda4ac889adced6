import type { CheckStepName, EmailHiddenReason, JiraPermission, LinkOrigin, MissingSetting, ShorterLoopCause, StaleReason, UndoRefusal } from '../../../src/contract';

/** What a problem is called, why it happened, and what to do about it. */
export type ProblemText = { readonly title: string; readonly cause: string; readonly next: string };

/** Keeps a right-to-left name from turning the sentence around it. */
function name(text: string): string {
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(text) ? `\u2068${text}\u2069` : text;
}

function count(n: number, one: string, many: string): string {
  return `${n.toLocaleString(LOCALE)} ${n === 1 ? one : many}`;
}

const LOCALE = 'en-GB';

const missing: Record<MissingSetting, string> = {
  apiOrigin: 'the API address',
  initiativeId: 'the initiative id',
  key: 'the API key',
};

const shorterLoopCauses: Record<ShorterLoopCause, ProblemText> = {
  unauthorized: {
    title: 'Shorter Loop did not accept the API key',
    cause: 'The stored key is wrong, expired or revoked.',
    next: 'Ask a Jira admin to enter a valid key under Apps → Shorter Loop segments.',
  },
  forbidden: {
    title: 'Shorter Loop does not allow this',
    cause: 'The API key is valid, but may not do this in this initiative.',
    next: 'Ask a Jira admin to check the key’s rights and the initiative id.',
  },
  notFound: {
    title: 'Shorter Loop does not know this address',
    cause: 'The segment or the initiative no longer exists, or the app asks under a wrong path.',
    next: 'Reload. If it stays, ask a Jira admin to run the connection check.',
  },
  wrongDialect: {
    title: 'Shorter Loop expects another kind of request',
    cause: 'This site answers to the other form of the manage-users request.',
    next: 'Ask a Jira admin to switch the request form under Apps → Shorter Loop segments.',
  },
  rateLimited: {
    title: 'Shorter Loop asks us to wait',
    cause: 'Too many requests were made in a short time.',
    next: 'Wait a moment, then try again.',
  },
  invalid: {
    title: 'Shorter Loop rejected the request',
    cause: 'It considers the request wrong for this person or segment.',
    next: 'Reload to see the current segments. If it stays, ask a Jira admin to run the connection check.',
  },
  server: {
    title: 'Shorter Loop has a problem',
    cause: 'It answered with an error of its own.',
    next: 'Try again in a minute.',
  },
  network: {
    title: 'Shorter Loop could not be reached',
    cause: 'The connection failed or was cut.',
    next: 'Try again. If it stays, ask a Jira admin to check the API address.',
  },
  timeout: {
    title: 'Shorter Loop took too long',
    cause: 'It did not answer in time.',
    next: 'Try again in a minute.',
  },
  malformed: {
    title: 'Shorter Loop’s answer could not be read',
    cause: 'It answered in a form that the app does not know.',
    next: 'Try again. If it stays, ask a Jira admin to run the connection check.',
  },
};

/** The next step where the reader is the Jira admin whom the others are told to ask. */
const adminNext: Record<ShorterLoopCause, string> = {
  unauthorized: 'Enter a valid key, save and check again. If the key is right, check the authorization scheme.',
  forbidden: 'Check the key’s rights in Shorter Loop and the initiative id.',
  notFound: 'Check the initiative id and, under Advanced, the path of this request.',
  wrongDialect: 'Choose the other form of the request, save and check again.',
  rateLimited: 'Wait a moment, then check again.',
  invalid: 'Check the initiative id and, under Advanced, the path of this request.',
  server: 'Check again in a minute. If it stays, ask Shorter Loop’s support.',
  network: 'Check the API address, then try again.',
  timeout: 'Check again in a minute. With many members, read one segment after the other.',
  malformed: 'Check the API address and, under Advanced, the path of this request.',
};

const stale: Record<StaleReason, string> = {
  reporterChanged: 'The issue has another reporter now.',
  linkChanged: 'The reporter is linked to another member now.',
  notInSource: 'The member is no longer in that segment.',
  alreadyInTarget: 'The member is already in the target segment.',
  sourceGone: 'That segment no longer exists.',
  targetGone: 'The target segment no longer exists.',
};

const undoRefusals: Record<UndoRefusal, string> = {
  unknownWrite: 'There is no record of this change any more.',
  notAMove: 'Only a move can be undone.',
  notConfirmed: 'The move was never confirmed.',
  otherReporter: 'The move was about another person.',
  movedSince: 'The member’s segments have changed since.',
  alreadyUndone: 'The move has been undone already.',
};

const emailHidden: Record<EmailHiddenReason, { readonly cause: string; readonly next: string }> = {
  hidden: {
    cause: 'This person’s e-mail address is hidden by their Atlassian profile, so the app can’t match them on its own.',
    next: 'Search for them by name and link them by hand. Or ask them to make their e-mail visible in their Atlassian profile.',
  },
  appNotApproved: {
    cause: 'This app may not read e-mail addresses on this site yet, so it can’t match anyone on its own.',
    next: 'A Jira admin can approve the app’s access. Until then, search by name and link by hand.',
  },
  unavailable: {
    cause: 'Jira could not tell the e-mail address just now.',
    next: 'Reload in a minute, or search by name and link by hand.',
  },
};

const checkSteps: Record<CheckStepName, string> = {
  configured: 'Settings are complete',
  segmentsListed: 'List the segments',
  membersRead: 'Read all segments with their members at once',
  segmentRead: 'Read one segment with its members',
};

const linkOrigins: Record<LinkOrigin, string> = { email: 'Linked by e-mail', manual: 'Linked by hand', import: 'Linked by import' };

/** What Jira calls its permissions. */
const permissions: Record<JiraPermission, string> = {
  BROWSE_PROJECTS: 'Browse projects',
  EDIT_ISSUES: 'Edit issues',
  TRANSITION_ISSUES: 'Transition issues',
  ASSIGN_ISSUES: 'Assign issues',
  RESOLVE_ISSUES: 'Resolve issues',
  ADMINISTER_PROJECTS: 'Administer projects',
  ADMINISTER: 'Administer Jira',
};

/** Every text of the pages, in English. */
export const en = {
  permissions,
  locale: LOCALE,
  appName: 'Shorter Loop segments',
  common: {
    cancel: 'Cancel',
    back: 'Back',
    tryAgain: 'Try again',
    tryAgainIn: (seconds: number) => `Try again in ${seconds} s`,
    stopWaiting: 'Stop waiting',
    willTryAgain: 'The app tries again by itself.',
    tryingAgainIn: (seconds: number) => `Trying again in ${seconds} s`,
    tryingAgain: 'Trying again…',
    reload: 'Reload',
    dismiss: 'Dismiss',
    loading: 'Loading…',
    required: 'required',
    separator: ' · ',
  },
  people: {
    you: 'You',
    someone: 'someone',
    theApp: 'the app',
    by: (who: string) => `by ${name(who)}`,
    member: (id: number) => `Member #${id}`,
    memberId: (id: number) => `#${id}`,
    segment: (id: number) => `Segment #${id}`,
  },
  panel: {
    loading: 'Loading segments from Shorter Loop…',
    reporter: 'Reporter',
    member: 'Member',
    segments: 'Segments',
    history: 'Recent changes',
    notConfigured: {
      title: 'Not connected to Shorter Loop yet',
      cause: (settings: readonly MissingSetting[]) =>
        settings.length === 0 ? 'A setting is missing.' : `Missing: ${settings.map((setting) => missing[setting]).join(', ')}.`,
      next: 'A Jira admin can connect it under Apps → Shorter Loop segments.',
    },
    link: 'Link',
    linkTo: (who: string) => `Link to ${name(who)}`,
    linking: 'Linking…',
    unlink: 'Unlink',
    unlinkFrom: (who: string) => `Unlink from ${name(who)}`,
    unlinking: 'Unlinking…',
    linkedHow: (how: LinkOrigin) => linkOrigins[how],
    linked: (who: string) => `Linked to ${name(who)}.`,
    unlinked: 'The link was taken back.',
    found: {
      title: 'Not linked',
      cause: (who: string) =>
        `${name(who)} has the reporter’s e-mail in Shorter Loop, but someone unlinked them by hand, so the app does not link them on its own.`,
      next: 'Link them if this is the same person.',
    },
    ambiguous: {
      title: 'More than one member matches',
      cause: (n: number) => `${count(n, 'member has', 'members have')} this reporter’s e-mail in Shorter Loop.`,
      next: 'Pick the right one.',
      candidates: 'Matching members',
    },
    notFound: {
      title: 'Not found in Shorter Loop',
      cause: 'No segment has a member with this reporter’s e-mail. They may use another address there, or be in no segment.',
      next: 'Search by name or e-mail and link them by hand.',
    },
    emailHidden: { title: 'E-mail not visible', reasons: emailHidden },
    noReporter: { title: 'No reporter', cause: 'This issue has no reporter, so there is nobody to look up.', next: 'Set a reporter, then reload.' },
    notAPerson: {
      title: 'The reporter is not a person',
      reasons: {
        app: 'This issue was reported by an app.',
        formerUser: 'The reporter’s account has been closed.',
      },
      next: 'Set a person as the reporter to see their segments.',
    },
    noMembership: (who: string) => `${name(who)} is in no segment. Add them to a segment in Shorter Loop to see it here.`,
    inNoSegment: 'In no segment',
    inSegments: (segments: readonly string[]) => segments.map(name).join(', '),
    noTarget: 'There is no other segment to move to.',
    move: {
      open: 'Move…',
      openFrom: (from: string) => `Move from ${name(from)}`,
      title: (who: string) => `Move ${name(who)}`,
      from: (from: string) => `From ${name(from)} to:`,
      target: 'Target segment',
      pick: 'Choose a segment',
      filter: 'Filter segments',
      noMatch: 'No segment matches.',
      next: 'Next',
      confirmTitle: 'Confirm the move',
      sentence: (who: string, from: string, to: string) => `Move ${name(who)} from ${name(from)} to ${name(to)}`,
      explain: 'Shorter Loop is asked to do this now. You can undo it here once it is confirmed.',
      confirm: 'Move',
      busy: 'Asking Shorter Loop, then checking…',
    },
    remove: {
      open: 'Remove…',
      openFrom: (from: string) => `Remove from ${name(from)}`,
      title: (who: string, from: string) => `Remove ${name(who)} from ${name(from)}?`,
      explain: 'This can’t be undone from here: to add them again, someone has to do it in Shorter Loop.',
      confirm: 'Remove',
      busy: 'Asking Shorter Loop, then checking…',
    },
    undo: {
      button: 'Undo',
      of: (from: string, to: string) => `Undo the move from ${name(from)} to ${name(to)}`,
      busy: 'Undoing…',
    },
    result: {
      confirmed: 'Confirmed',
      movedNow: (who: string, to: string) => `Shorter Loop shows ${name(who)} in ${name(to)} now.`,
      movedBack: (who: string, to: string) => `Shorter Loop shows ${name(who)} in ${name(to)} again.`,
      removedNow: (who: string, from: string) => `Shorter Loop no longer shows ${name(who)} in ${name(from)}.`,
      notConfirmed: 'Not confirmed',
      unchanged: (who: string, from: string) => `Shorter Loop still shows ${name(who)} in ${name(from)}.`,
      notYet: (who: string, to: string) => `Shorter Loop does not show ${name(who)} in ${name(to)}.`,
      inBoth: (who: string, from: string, to: string) => `Shorter Loop shows ${name(who)} in both ${name(from)} and ${name(to)}.`,
      inNeither: (who: string, from: string, to: string) => `Shorter Loop shows ${name(who)} in neither ${name(from)} nor ${name(to)}.`,
      notConfirmedNext: 'It may take a moment to show. Check again, or look in Shorter Loop.',
      refused: 'Refused',
      refusedText: 'Shorter Loop refused, and nothing was changed.',
      notSent: 'Shorter Loop was not reached, and nothing was changed.',
      unknown: 'Outcome not known',
      unknownMove: (who: string, from: string, to: string) =>
        `We don’t know whether ${name(who)} is still in ${name(from)} or in ${name(to)}: Shorter Loop could not be read afterwards.`,
      unknownRemove: (who: string, from: string) =>
        `We don’t know whether ${name(who)} is still in ${name(from)}: Shorter Loop could not be read afterwards.`,
      unknownAdd: (who: string, to: string) => `We don’t know whether ${name(who)} is in ${name(to)}: Shorter Loop could not be read afterwards.`,
      unknownNext: 'Check again before you try once more.',
      undecidedNext: 'The app looks again by itself within about ten minutes, and shows the result under Recent changes.',
      waits: 'Shorter Loop asks us to wait',
      checkAgain: 'Check again',
    },
    row: {
      moved: (from: string, to: string) => `Moved from ${name(from)} to ${name(to)}`,
      movedBack: (from: string, to: string) => `Moved back from ${name(from)} to ${name(to)}`,
      move: (from: string, to: string) => `Move from ${name(from)} to ${name(to)}`,
      moveBack: (from: string, to: string) => `Move back from ${name(from)} to ${name(to)}`,
      removed: (from: string) => `Removed from ${name(from)}`,
      remove: (from: string) => `Removal from ${name(from)}`,
      added: (to: string) => `Added to ${name(to)}`,
      add: (to: string) => `Adding to ${name(to)}`,
      outcome: { confirmed: 'confirmed', notConfirmed: 'not confirmed', refused: 'refused', unknown: 'not known' },
      notFinished: 'not finished',
      recovered: 'checked later',
    },
    search: {
      title: 'Link by hand',
      another: 'Link someone else',
      label: 'Name or e-mail in Shorter Loop',
      hint: 'Part of a name, or a whole e-mail address',
      button: 'Search',
      busy: 'Searching…',
      tooShort: 'Enter at least 2 characters.',
      results: (n: number) => (n === 0 ? 'No member found in any segment.' : `${count(n, 'member', 'members')} found`),
      list: 'Members found',
      truncated: (n: number) => `Only the first ${n} are shown. Enter more of the name to narrow it down.`,
    },
  },
  action: {
    loading: 'Loading segments from Shorter Loop…',
    intro: {
      'move-reporter': 'Moves the reporter of the work item from one segment to another.',
      'remove-reporter': 'Removes the reporter of the work item from one segment. This can’t be undone from Jira.',
      'add-reporter': 'Adds the reporter of the work item to one more segment.',
      'get-reporter-segments': 'Tells in which segments the reporter of the work item is, for later parts of the rule.',
    },
    issueKey: 'Work item',
    issueKeyHint: 'A smart value such as {{issue.key}}, or a key such as ACME-101.',
    source: 'From segment',
    any: 'Wherever they are (if in exactly one)',
    target: 'To segment',
    choose: 'Choose a segment',
    goneOption: (id: string) => `#${id} (not there any more)`,
    errors: {
      required: 'Choose one.',
      notAKey: 'Enter a smart value such as {{issue.key}}, or a key such as ACME-101.',
      same: 'Choose another segment than the one to move from.',
      gone: (id: string) => `This segment was deleted or is not visible: #${id}. Choose another one.`,
    },
    addingOff: { title: 'Adding is switched off', next: 'A Jira admin must switch it on under Apps → Shorter Loop segments before this rule can work.' },
  },
  admin: {
    tabs: {
      label: 'Parts of the settings',
      connection: 'Connection',
      access: 'Access',
      callers: 'Callers',
    },
    loading: 'Loading settings…',
    intro: 'Connect this Jira site to one initiative in Shorter Loop. Nothing on this page changes anything in Shorter Loop.',
    connection: 'Connection',
    apiOrigin: 'API address',
    apiOriginHint: (hosts: readonly string[]) => `An https address without a path. Allowed: ${hosts.join(', ')}`,
    key: 'API key',
    keyStored: 'A key is stored. Leave this empty to keep it, or enter a new one to replace it.',
    keyNotStored: 'No key is stored yet. It is kept as a secret and never shown again.',
    initiativeId: 'Initiative id',
    initiativeIdHint: 'The number of your product in Shorter Loop.',
    requests: 'Requests',
    authScheme: 'Authorization scheme',
    authSchemeHint: 'The word before the key in the Authorization header, usually Bearer.',
    moveDialect: 'How members are moved',
    removeDialect: 'How members are removed',
    dialectHint: 'Sites differ in this. If moves are answered with “expects another kind of request”, choose the other one.',
    moveDialects: {
      'put-segment-users': 'PUT …/segment-users/{target}',
      'post-manage-users': 'POST …/manage-users/{target}',
    },
    removeDialects: {
      'put-segment-users': 'PUT …/segment-users (not documented)',
      'post-manage-users': 'POST …/manage-users (documented)',
    },
    readPlan: 'How memberships are read',
    readPlanHint: 'All at once is faster. Use one by one if the check fails on the first.',
    readPlans: { 'all-at-once': 'All segments at once', 'per-segment': 'One segment after the other' },
    canAdd: 'Adding members',
    canAddHint: 'Shorter Loop does not document how members are added. Rules can add only while this is on; try it on a scratch segment first.',
    canAddOptions: { off: 'Off', on: 'On: POST …/segment-users (not documented)' },
    access: {
      loading: 'Loading who may do what…',
      title: 'Who may change people',
      intro: 'Jira is asked on every change, as the user who makes it. Everyone who sees an issue sees the reporter’s segments.',
      acts: { move: 'Move, link and undo', remove: 'Remove', bulk: 'Bulk runs' },
      permission: 'Jira permission',
      groups: 'Groups (optional), separated by commas',
      meaning: (permission: string, groups: readonly string[]) =>
        groups.length === 0
          ? `People who hold “${permission}” on the issue.`
          : `People who hold “${permission}” on the issue and are in ${groups.map(name).join(' or ')}.`,
      save: 'Save who may',
      saved: 'Saved.',
    },
    hooks: {
      title: 'Callers from outside',
      intro: 'Tools that can’t use the Automation actions may send web requests. Each one gets a secret of its own, and may do only what you choose here; nobody’s Jira permissions are asked.',
      loading: 'Loading callers…',
      none: 'There are no callers yet.',
      acts: { move: 'Move', remove: 'Remove', add: 'Add', get: 'Read' },
      neverUsed: 'never used',
      lastUsed: 'last used',
      revoke: 'Revoke',
      revokeOf: (caller: string) => `Revoke ${name(caller)}`,
      revokeTitle: (caller: string) => `Revoke ${name(caller)}?`,
      revokeExplain: 'Its secret stops working at once. This can’t be undone: a new caller gets another secret.',
      name: 'Name of the new caller',
      nameHint: 'What sends the requests, such as “Support desk”.',
      nameRequired: 'Enter a name.',
      may: 'It may',
      actsRequired: 'Choose at least one.',
      create: 'Create caller',
      createdTitle: 'Copy the secret now',
      createdExplain: 'It is shown this once and kept nowhere.',
      address: 'Address',
      header: 'X-Segments-Key header',
      example: 'Example',
      copy: (what: string) => `Copy ${what.toLowerCase()}`,
      copied: 'Copied',
    },
    advanced: 'Advanced: paths of the read requests',
    advancedHint: 'Shorter Loop does not document these. Leave a field empty to use the assumed path.',
    routes: {
      listSegments: 'List segments',
      segmentWithMembers: 'One segment with its members',
      segmentsWithMembers: 'All segments with their members',
    },
    save: 'Save',
    saving: 'Saving…',
    saved: 'Settings saved.',
    lastSaved: (who: string) => `Last saved by ${name(who)}`,
    unsaved: 'You have unsaved changes.',
    fixFields: 'Some fields need a correction.',
    invalid: {
      refused: (reason: string) => `Not accepted: ${reason}.`,
      originRequired: 'Enter an https address such as https://api.shorterloop.com.',
      originHttps: 'The address must start with https://.',
      originBare: 'Enter only the address, without a path or anything after it.',
      originHost: (hosts: readonly string[]) => `The app may only reach ${hosts.join(', ')}.`,
      keyRequired: 'Enter the API key.',
      keyForm: 'A key has no blanks and only plain characters.',
      initiativeId: 'Enter a whole number greater than 0.',
      authScheme: 'Enter one word, such as Bearer.',
      route: 'A path starts with / and has no blanks.',
      routeId: 'This path needs {id} where the segment’s id goes.',
    },
    check: {
      title: 'Connection check',
      intro: 'Asks Shorter Loop for what the app relies on, with the saved settings. Only reads, never writes.',
      button: 'Check connection',
      saveAndCheck: 'Save and check',
      unsaved: 'The check uses saved settings, and you have unsaved changes.',
      busy: 'Checking…',
      usable: 'The connection works. The panel can be used.',
      notUsable: 'The connection can’t be used yet.',
      steps: 'Steps of the check',
      step: checkSteps,
      passed: 'Passed',
      failed: 'Failed',
      skipped: 'Skipped',
      skippedWhy: 'Not asked: an earlier step failed, the settings don’t need it, or there is nothing to read.',
      segments: (n: number) => count(n, 'segment', 'segments'),
      members: (n: number) => count(n, 'member', 'members'),
      ms: (n: number) => `${n.toLocaleString(LOCALE)} ms`,
    },
  },
  problems: {
    incomplete: 'Fill in what is missing above, then save.',
    status: (status: number) => `Status ${status}.`,
    shorterLoop: shorterLoopCauses,
    adminNext,
    stale: { title: 'Something changed meanwhile', causes: stale, next: 'Nothing was asked of Shorter Loop. Reload and look again.' },
    undoRefused: { title: 'This can’t be undone', causes: undoRefusals, next: 'Reload to see the current segments.' },
    issueNotVisible: {
      title: 'Issue not visible',
      cause: 'The issue was deleted or moved, or you may no longer see it.',
      next: 'Reload the page.',
    },
    mayNotChange: {
      title: 'You may not change this',
      cause: (permission: string) => `It needs the permission “${permission}” on this issue.`,
      next: (permission: string) => `Ask a project admin for “${permission}”, or a Jira admin to change what the app asks for.`,
    },
    notInGroup: {
      title: 'You may not change this',
      cause: 'You are in none of the groups that a Jira admin has chosen for it.',
      next: 'Ask a Jira admin to add you, or to change the groups under Apps → Shorter Loop segments.',
    },
    busy: {
      title: 'Someone else is just changing this member',
      cause: 'Only one change about a member is made at a time, so that none gets lost.',
      next: 'Try again in a moment.',
    },
    noMember: { title: 'The reporter is no known member', cause: 'Nobody in Shorter Loop could be matched with them.', next: 'Reload and link them by hand.' },
    segmentUnknown: { title: 'No such segment', cause: (given: string) => `Shorter Loop has no segment “${name(given)}”, or more than one.`, next: 'Choose another one.' },
    sourceUnclear: {
      title: 'It is unclear where to move from',
      cause: (n: number) => (n === 0 ? 'The member is in no segment.' : `The member is in ${n} segments.`),
      next: 'Choose the segment to move from.',
    },
    addingOff: { title: 'Adding is switched off', cause: 'Shorter Loop does not document how members are added.', next: 'A Jira admin can switch it on under Apps → Shorter Loop segments.' },
    mayNotAdminister: {
      title: 'Only for Jira admins',
      cause: 'Connecting Shorter Loop needs the “Administer Jira” permission.',
      next: 'Ask a Jira admin to do this.',
    },
    notLinked: { title: 'Not linked any more', cause: 'The reporter’s link was taken back meanwhile.', next: 'Reload and link them again.' },
    invalidInput: {
      title: 'This input can’t be used',
      cause: (field: string, reason: string) => `The app did not accept “${field}”: ${reason}.`,
      next: 'Correct it and try again.',
    },
    alreadyAsked: {
      title: 'Asked for already',
      finished: 'This change was asked for before and has come to an end. Its result is under Recent changes.',
      intended: 'This change was asked for before and has not come to an end. The app looks again by itself within about ten minutes.',
      undecided: 'This change was asked for before, and what became of it is not certain yet. The app looks again by itself within about ten minutes.',
      next: 'The segments shown here were read just now.',
    },
    jira: { title: 'Jira did not answer as expected', cause: 'Jira refused or failed to tell what the app needs.', next: 'Try again in a minute.' },
    jiraQuota: {
      title: 'Jira’s hourly limit is used up',
      cause: 'The app may ask Jira only so often an hour, and this hour’s share is gone.',
      next: 'Try again after the full hour.',
    },
    jiraBusy: { title: 'Jira asks us to wait', cause: 'Too many requests were made in a short time.', next: 'Wait a moment, then try again.' },
    storage: {
      title: 'The app’s storage did not answer',
      cause: 'Settings, links or the record of changes could not be read or written.',
      next: 'Try again in a minute.',
    },
    internal: {
      title: 'Something went wrong in the app',
      cause: (reference: string) => `This is a fault of the app. Reference: ${reference}.`,
      next: 'Try again. If it stays, give this reference to your Jira admin.',
    },
    noAnswer: {
      title: 'The app did not answer',
      cause: 'The connection was cut, or the app took too long.',
      next: 'Try again: a change that was already asked for is not made twice.',
    },
  },
};

/** The shape of a catalogue: a translation has every text of the English one. */
export type Texts = typeof en;
