import { systemClock, type Clock } from '../forge/clock';
import type { JiraRest } from '../forge/jiraRest';
import { createAccess, GROUPS, type Access } from './access';
import { createJiraFaults, type JiraFaults } from './faults';
import { changeable, linkSeeds, makeIssues, type Priority, type StatusName } from './issues';
import { JqlError, readQuery } from './jql';
import { createPrecomputations } from './precomputations';
import { castPeople } from './people';
import { visibleIssue } from './permissions';
import { createRest, type JiraCall } from './rest';
import { createPages, type JiraPages, type ModuleView } from './pages';
import type { IssueState, JiraGroup, JiraIssue, JiraPerson, LinkSeed, MemberSeed } from './types';

/** What a Jira is made from. */
export type JiraOptions = {
  readonly seed?: number;
  /** The members that reporters are made from: `simulator.truth.snapshot().members`. */
  readonly members: readonly MemberSeed[];
  readonly clock?: Clock;
  /** How many further reporters there are, each with an issue of their own from ACME-1001 on. */
  readonly extraReporters?: number;
  /** The app's modules as its manifest declares them; without it, as this project's does. */
  readonly modules?: { readonly panel: ModuleView; readonly admin: ModuleView };
};

/** A call of an app's JQL function. */
export type FunctionCall = Parameters<Parameters<typeof readQuery>[2]>[0];
/** Asks the app for what stands in the function's place. */
export type AskFunction = (call: FunctionCall) => Promise<{ readonly value: string } | { readonly error: string }>;
type Answered = { readonly value: string | null; readonly error: string | null };

function fragmentOf({ value, error }: Answered): string {
  if (value === null) throw new JqlError(error ?? 'The function did not answer.');
  return value;
}

const MODULES = {
  panel: { key: 'segments-panel', title: 'Shorter Loop segments', iconUrl: null },
  admin: { key: 'segments-admin', title: 'Shorter Loop segments', iconUrl: null },
} as const;

/** A Jira site with one project, one issue for every match state, and people with every kind of access. */
export type Jira = JiraPages & Pick<Access, 'groupsOf' | 'setRole' | 'setGroups'> & {
  readonly rest: JiraRest;
  /** Those who use Jira first, then the reporters. */
  readonly people: readonly JiraPerson[];
  readonly groups: readonly JiraGroup[];
  readonly issues: readonly JiraIssue[];
  /** Puts an issue into another status; throws for an issue that does not exist. */
  transition(issueKey: string, status: StatusName): void;
  setPriority(issueKey: string, priority: Priority): void;
  /** The issues that a person's query finds. Rejects with a {@link JqlError} for one that Jira does not take. */
  search(jql: string, accountId: string, ask: AskFunction): Promise<readonly JiraIssue[]>;
  /** The further reporters, with the member that each is. */
  readonly crowd: readonly { readonly accountId: string; readonly member: MemberSeed; readonly issueKey: string }[];
  /** The issue that shows a state. */
  issueFor(state: IssueState): JiraIssue;
  /** The member that the reporter of that issue is meant to be; undefined where none is. */
  memberFor(state: IssueState): MemberSeed | undefined;
  /** What the app's storage should hold for every state to show. */
  readonly links: readonly LinkSeed[];
  /** May browse and edit. */
  readonly defaultAccountId: string;
  /** Administers Jira. */
  readonly adminAccountId: string;
  /** May browse, not edit. */
  readonly viewerAccountId: string;
  /** May not see the project. */
  readonly noAccessAccountId: string;
  readonly faults: JiraFaults;
  /** Every REST call since the last reset, oldest first. */
  calls(): readonly JiraCall[];
  /** Switches every fault off, forgets the calls, and gives everyone back the role and the groups of the seed. */
  reset(): void;
};

/** Makes a Jira. The same seed, members and clock make the same site. */
export function createJira({ seed = 1, members, clock = systemClock, modules = MODULES, extraReporters = 0 }: JiraOptions): Jira {
  const cast = castPeople(seed, members, extraReporters);
  const { agent, admin, viewer, noAccess } = cast;
  const access = createAccess(cast);
  const { people, groupsOf, setRole, setGroups } = access;
  const users = people.filter(({ accountId }) => [agent, viewer, admin, noAccess].some((user) => user.accountId === accountId));
  const startedMs = clock.now();
  const changing = changeable(makeIssues(cast, startedMs));
  const { issues } = changing;
  const precomputations = createPrecomputations();
  const faults = createJiraFaults();
  let calls: JiraCall[] = [];
  /** The answer that is kept of a function call; one that is not kept yet is asked for. */
  const keptAnswer = async (call: FunctionCall, ask: AskFunction): Promise<Answered> => {
    const { name, ...rest } = call;
    const kept = precomputations.find({ functionName: name, ...rest });
    return kept ?? precomputations.keep({ functionName: name, ...rest }, await ask(call), clock.now());
  };
  return {
    rest: createRest({ people, groupsOf, issues, faults, precomputations, record: (call) => calls.push(call), nowMs: () => clock.now() }),
    ...createPages({ people, users, issues, modules }),
    people,
    groups: GROUPS,
    groupsOf,
    setRole,
    setGroups,
    issues,
    transition: (issueKey, status) => changing.change(issueKey, { status }),
    setPriority: (issueKey, priority) => changing.change(issueKey, { priority }),
    search: async (jql, accountId, ask) => {
      const viewer = people.find((person) => person.accountId === accountId);
      const { matches } = await readQuery(jql, accountId, async (call) => fragmentOf(await keptAnswer(call, ask)));
      return issues.filter((issue) => viewer !== undefined && visibleIssue({ kind: 'person', person: viewer }, issues, issue.key) !== undefined && matches(issue));
    },
    crowd: cast.crowd.map(({ person, member }, place) => ({ accountId: person.accountId, member, issueKey: `ACME-${1001 + place}` })),
    issueFor(state) {
      const issue = issues.find((candidate) => candidate.state === state);
      if (issue === undefined) throw new Error(`No issue shows ${state}`);
      return issue;
    },
    memberFor: (state) => cast.members.get(state),
    links: linkSeeds(cast, startedMs),
    defaultAccountId: agent.accountId,
    adminAccountId: admin.accountId,
    viewerAccountId: viewer.accountId,
    noAccessAccountId: noAccess.accountId,
    faults,
    calls: () => [...calls],
    reset() {
      faults.clear();
      access.reset();
      changing.reset();
      precomputations.reset();
      calls = [];
    },
  };
}
