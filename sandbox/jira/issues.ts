import type { Cast } from './people';
import { STORIES, type Story } from './stories';
import { PROJECT, type IssueState, type JiraIssue, type LinkSeed } from './types';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const TYPE_IDS = { Story: '10001', Bug: '10002', Task: '10003', Idea: '10004' } as const;
/** The statuses that an issue can be in. */
export const STATUS_NAMES = ['To do', 'In progress', 'In review', 'Done'] as const;
/** One of {@link STATUS_NAMES}. */
export type StatusName = (typeof STATUS_NAMES)[number];
/** The priorities that an issue can have. */
export const PRIORITIES = ['High', 'Medium', 'Low'] as const;
/** One of {@link PRIORITIES}. */
export type Priority = (typeof PRIORITIES)[number];

const STATUSES = {
  'To do': { id: '10000', category: 'new' },
  'In progress': { id: '3', category: 'indeterminate' },
  'In review': { id: '10005', category: 'indeterminate' },
  Done: { id: '10006', category: 'done' },
} as const;

/**
 * The issues ACME-101 and on, one for each state, ACME-1001 and on, one for each of the crowd, and ACME-1000001 and on,
 * which share the reporters of the others and were created an hour before one another.
 * @param nowMs the moment from which their dates count back
 */
export function makeIssues(cast: Cast, nowMs: number, extraIssues = 0): JiraIssue[] {
  const stories = STORIES.map((story, place) => makeIssue(cast, story, place, nowMs));
  const [plain] = stories;
  if (plain === undefined) return [];
  const crowd = cast.crowd.map(({ person }, place) => ({
    ...plain,
    id: String(20001 + place),
    key: `${PROJECT.key}-${1001 + place}`,
    summary: `Request ${place + 1} from the feedback form`,
    reporterAccountId: person.accountId,
    comments: [],
  }));
  const earlier = [...stories, ...crowd];
  const extra = Array.from({ length: extraIssues }, (_, place): JiraIssue =>
    furtherIssue(earlier[place % earlier.length] ?? plain, place, nowMs - DAY_MS - place * HOUR_MS),
  );
  return [...earlier, ...extra];
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
    reporterAccountId: cast.reporters.get(story.state)?.accountId ?? null,
    assigneeAccountId: place % 3 === 2 ? null : cast.agent.accountId,
    comments: story.comments.map((text, index) => ({
      authorAccountId: index % 2 === 0 ? cast.agent.accountId : cast.admin.accountId,
      text,
      atMs: createdMs + (index + 1) * 3 * DAY_MS,
    })),
    createdMs,
    updatedMs: createdMs + (story.comments.length * 3 + 1) * DAY_MS,
  };
}

/** Issues whose status and priority can be changed, and put back. */
export type ChangeableIssues = {
  readonly issues: readonly JiraIssue[];
  /** Throws for an issue that does not exist. */
  readonly change: (issueKey: string, changed: { readonly status?: StatusName; readonly priority?: Priority }) => void;
  /** Creates one more, by the reporter of an issue. Throws for an issue that does not exist. */
  readonly create: (likeKey: string, nowMs: number) => JiraIssue;
  readonly reset: () => void;
};

/** Makes issues changeable: each always shows what it is now. */
export function changeable(
  seeded: readonly JiraIssue[],
  customOf: (issueId: string) => JiraIssue['custom'] = () => ({}),
): ChangeableIssues {
  const statuses = new Map<string, StatusName>();
  const priorities = new Map<string, Priority>();
  const changeableIssue = (issue: JiraIssue): JiraIssue => ({
    ...issue,
    get status() {
      const name = statuses.get(issue.key);
      return name === undefined ? issue.status : { ...STATUSES[name], name };
    },
    get custom() {
      return customOf(issue.id);
    },
    get priority() {
      return priorities.get(issue.key) ?? issue.priority;
    },
  });
  const issues = seeded.map(changeableIssue);
  return {
    issues,
    create: (likeKey, nowMs) => {
      const like = issues.find(({ key }) => key === likeKey);
      if (like === undefined) throw new Error(`Jira has no issue ${likeKey}`);
      const created = changeableIssue(furtherIssue(like, issues.length + 1_000_000, nowMs));
      issues.push(created);
      return created;
    },
    change: (issueKey, { status, priority }) => {
      if (!issues.some(({ key }) => key === issueKey)) throw new Error(`Jira has no issue ${issueKey}`);
      if (status !== undefined) statuses.set(issueKey, status);
      if (priority !== undefined) priorities.set(issueKey, priority);
    },
    reset: () => {
      issues.length = seeded.length;
      statuses.clear();
      priorities.clear();
    },
  };
}
