import { makeWishes, type Wish } from './crowd';
import type { Cast, Reporting } from './people';
import { STORIES, type Story } from './stories';
import { STATUSES, TYPE_IDS, type Priority, type StatusName, type TypeName } from './issueValues';
import { PROJECT, type IssueState, type JiraIssue, type LinkSeed } from './types';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** From when the dates of issues count back, what varies them, and how many there are beyond one for each person. */
export type IssuesWanted = { readonly seed: number; readonly nowMs: number; readonly extraIssues: number };

/**
 * The issues ACME-101 and on, one for each state, ACME-1001 and on, one for each of the crowd and then those that the
 * busy among the reporters have beyond their first, and ACME-1000001 and on, which share the reporters of the others
 * and were created an hour before one another.
 */
export function makeIssues(cast: Cast, { seed, nowMs, extraIssues }: IssuesWanted): JiraIssue[] {
  const stories = STORIES.map((story, place) => makeIssue(cast, story, place, nowMs));
  const [plain] = stories;
  if (plain === undefined) return [];
  const reporters: readonly Reporting[] = [...cast.crowd, ...cast.busy];
  const wishes = makeWishes(seed, reporters.length, nowMs);
  const crowd = reporters.flatMap(({ person, state }, place): JiraIssue[] => {
    const wish = wishes[place];
    return wish === undefined ? [] : [wishedIssue(wish, { place, state, reporterAccountId: person.accountId })];
  });
  const earlier = [...stories, ...crowd];
  const extra = Array.from({ length: extraIssues }, (_, place): JiraIssue =>
    furtherIssue(earlier[place % earlier.length] ?? plain, place, nowMs - DAY_MS - place * HOUR_MS),
  );
  return [...earlier, ...extra];
}

function wishedIssue(
  { type, status, ...wish }: Wish,
  by: { readonly place: number; readonly state: IssueState; readonly reporterAccountId: string },
): JiraIssue {
  return {
    ...wish,
    id: String(20001 + by.place),
    key: `${PROJECT.key}-${1001 + by.place}`,
    state: by.state,
    description: [`${wish.summary}, please. Sent from the feedback form.`],
    type: { id: TYPE_IDS[type], name: type },
    status: { id: STATUSES[status].id, name: status, category: STATUSES[status].category },
    reporterAccountId: by.reporterAccountId,
    assigneeAccountId: null,
    comments: [],
  };
}

/** An issue beyond those with a story of their own: ACME-1000001 and on. */
function furtherIssue(like: JiraIssue, place: number, createdMs: number): JiraIssue {
  return {
    ...like,
    id: String(1_000_001 + place),
    key: `${PROJECT.key}-${1_000_001 + place}`,
    summary: `Wish ${place + 1} from the feedback form`,
    comments: [],
    createdMs,
    updatedMs: createdMs,
    resolvedMs: like.status.category === 'done' ? createdMs : null,
  };
}

/**
 * The links that have to be stored for the states `linked`, `none` and `found` to show. A member in
 * no segment can't be found by e-mail, and `found` is what is left after someone unlinked by hand.
 */
export function linkSeeds(cast: Cast, nowMs: number): LinkSeed[] {
  const seed = (issueState: IssueState, state: LinkSeed['state'], how: LinkSeed['how']): LinkSeed[] => {
    const reporter = cast.reporters.get(issueState);
    const member = cast.members.get(issueState);
    if (reporter === undefined || member === undefined) return [];
    return [
      {
        accountId: reporter.accountId,
        state,
        memberId: member.id,
        how,
        byAccountId: cast.agent.accountId,
        atMs: nowMs - 12 * DAY_MS,
      },
    ];
  };
  return [
    ...seed('linked', 'linked', 'manual'),
    ...seed('none', 'linked', 'import'),
    ...seed('found', 'unlinked', 'manual'),
  ];
}

function makeIssue(cast: Cast, story: Story, place: number, nowMs: number): JiraIssue {
  const createdMs = nowMs - (40 - place * 2) * DAY_MS - place * 3_700_000;
  const status = STATUSES[story.status];
  const updatedMs = createdMs + (story.comments.length * 3 + 1) * DAY_MS;
  return {
    id: String(10101 + place),
    key: `${PROJECT.key}-${101 + place}`,
    state: story.state,
    summary: story.summary,
    description: story.description,
    type: { id: TYPE_IDS[story.type], name: story.type },
    status: { id: status.id, name: story.status, category: status.category },
    priority: story.priority,
    labels: story.labels,
    components: story.components,
    reporterAccountId: cast.reporters.get(story.state)?.accountId ?? null,
    assigneeAccountId: place % 3 === 2 ? null : cast.agent.accountId,
    comments: story.comments.map((text, index) => ({
      authorAccountId: index % 2 === 0 ? cast.agent.accountId : cast.admin.accountId,
      text,
      atMs: createdMs + (index + 1) * 3 * DAY_MS,
    })),
    createdMs,
    updatedMs,
    resolvedMs: status.category === 'done' ? updatedMs : null,
  };
}

/** What can be changed about an issue. */
export type IssueChange = {
  readonly status?: StatusName;
  readonly priority?: Priority;
  readonly reporterAccountId?: string | null;
};

/** Issues that can be changed, and put back. */
export type ChangeableIssues = {
  readonly issues: readonly JiraIssue[];
  /** Throws for an issue that does not exist. */
  readonly change: (issueKey: string, changed: IssueChange, nowMs: number) => void;
  /** Creates one more, by the reporter of an issue. Throws for an issue that does not exist. */
  readonly create: (likeKey: string, nowMs: number) => JiraIssue;
  /** Creates one more, under the number after the highest that there ever was. */
  readonly add: (wanted: AddedIssue, nowMs: number) => JiraIssue;
  /** Takes one away. Throws for an issue that does not exist. */
  readonly remove: (issueKey: string) => void;
  readonly reset: () => void;
};

/** What is known of an issue that somebody creates. */
type AddedIssue = Pick<JiraIssue, 'summary' | 'reporterAccountId'> & { readonly type: TypeName };

/** What an issue has in the app's fields. */
type CustomOf = (issueId: string) => JiraIssue['custom'];

/** Makes issues changeable: each always shows what it is now. */
export function changeable(seeded: readonly JiraIssue[], customOf: CustomOf = () => ({})): ChangeableIssues {
  const changes = new Map<string, Partial<JiraIssue>>();
  const start = seeded.map((issue) => changeableIssue(issue, changes, customOf));
  const issues = [...start];
  const issueAt = (issueKey: string): JiraIssue => {
    const found = issues.find(({ key }) => key === issueKey);
    if (found === undefined) throw new Error(`Jira has no issue ${issueKey}`);
    return found;
  };
  const append = (issue: JiraIssue): JiraIssue => {
    const created = changeableIssue(issue, changes, customOf);
    issues.push(created);
    return created;
  };
  let added = 0;
  // Not the number of issues: an id is never given twice.
  let further = 1_000_000 + seeded.length;
  const nextId = (): number => (further += 1);
  return {
    issues,
    create: (likeKey, nowMs) => append(furtherIssue(issueAt(likeKey), nextId(), nowMs)),
    add: (wanted, nowMs) => {
      added += 1;
      return append(addedIssue(wanted, highestNumber(seeded) + added, nowMs));
    },
    remove: (issueKey) => void issues.splice(issues.indexOf(issueAt(issueKey)), 1),
    change: (issueKey, { status, ...changed }, nowMs) => {
      const issue = issueAt(issueKey);
      changes.set(issueKey, {
        ...changes.get(issueKey),
        ...changed,
        ...(status === undefined ? {} : transitioned(issue, status, nowMs)),
        updatedMs: nowMs,
      });
    },
    reset: () => {
      issues.splice(0, issues.length, ...start);
      added = 0;
      further = 1_000_000 + seeded.length;
      changes.clear();
    },
  };
}

/** An issue that shows what was changed about it. */
function changeableIssue(
  issue: JiraIssue,
  changes: ReadonlyMap<string, Partial<JiraIssue>>,
  customOf: CustomOf,
): JiraIssue {
  const now = (): JiraIssue => {
    const changed = changes.get(issue.key);
    return changed === undefined ? issue : { ...issue, ...changed };
  };
  return {
    ...issue,
    get status() {
      return now().status;
    },
    get priority() {
      return now().priority;
    },
    get custom() {
      return customOf(issue.id);
    },
    get reporterAccountId() {
      return now().reporterAccountId;
    },
    get updatedMs() {
      return now().updatedMs;
    },
    get resolvedMs() {
      return now().resolvedMs;
    },
  };
}

function highestNumber(issues: readonly JiraIssue[]): number {
  return issues.reduce((highest, { key }) => Math.max(highest, Number(key.slice(PROJECT.key.length + 1))), 0);
}

function addedIssue({ summary, type, reporterAccountId }: AddedIssue, number: number, nowMs: number): JiraIssue {
  return {
    id: String(5_000_000 + number),
    key: `${PROJECT.key}-${number}`,
    state: 'created',
    summary,
    description: [],
    type: { id: TYPE_IDS[type], name: type },
    status: { ...STATUSES['To do'], name: 'To do' },
    priority: 'Medium',
    labels: [],
    components: [],
    reporterAccountId,
    assigneeAccountId: null,
    comments: [],
    createdMs: nowMs,
    updatedMs: nowMs,
    resolvedMs: null,
  };
}

/** Into another status; what was done already stays done since then. */
function transitioned(issue: JiraIssue, name: StatusName, nowMs: number): Partial<JiraIssue> {
  const status = { ...STATUSES[name], name };
  return { status, resolvedMs: status.category === 'done' ? (issue.resolvedMs ?? nowMs) : null };
}
