import { systemClock, type Clock } from '../forge/clock';
import type { JiraRest } from '../forge/jiraRest';
import type { JqlApp } from '../forge/jqlFunctions';
import { createAccess, GROUPS, type Access } from './access';
import { createEdits, type Edits, type IssueHappening } from './edits';
import { createFieldValues, type CustomField, type FieldValues } from './fields';
import { createJiraFaults, type JiraFaults } from './faults';
import { changeable, linkSeeds, makeIssues } from './issues';
import { search, type KeysInComparisons, type SearchResult } from './jql';
import { createPrecomputations, type Precomputation } from './precomputations';
import { castPeople } from './people';
import { askerOf, holds, type Asker } from './permissions';
import { createRest, type JiraCall } from './rest';
import { createPages, type AppModules, type JiraPages } from './pages';
import { createPanelPins, type PanelPins } from './panels';
import { createMeter, type Meter } from './points';
import type {
  CustomersInUserResources,
  IssueState,
  JiraGroup,
  JiraIssue,
  JiraPerson,
  LinkSeed,
  MemberSeed,
} from './types';

/** What a Jira is made from. */
export type JiraOptions = {
  readonly seed?: number;
  /** The members that reporters are made from: `simulator.truth.snapshot().members`. */
  readonly members: readonly MemberSeed[];
  readonly clock?: Clock;
  /** How many further reporters there are, each with an issue of their own from ACME-1001 on. */
  readonly extraReporters?: number;
  /**
   * Whether some reporters are busy, with more issues than one, and there are a second robot and another account of
   * somebody: a site as it is after a year.
   */
  readonly isLiving?: boolean;
  /** How many further issues there are, by the reporters of the others, from ACME-1000001 on. */
  readonly extraIssues?: number;
  /** Whether user resources know portal customers; they do unless it is said. */
  readonly customers?: CustomersInUserResources;
  /** The app's JQL functions; none without it. */
  readonly jqlApp?: JqlApp;
  /** The app's fields on issues; none without them. */
  readonly fields?: readonly CustomField[];
  /** @see SearchParts */
  readonly strangersInAnswers?: 'refused' | 'ignored';
  /** @see KeysInComparisons; `any` unless it is said. */
  readonly keysInComparisons?: KeysInComparisons;
  /** Told what people do to issues, once it is done. */
  readonly onHappening?: (happening: IssueHappening) => void;
  /** The app's modules as its manifest declares them; without it, as this project's does. */
  readonly modules?: AppModules;
};

const MODULES = {
  panel: { key: 'segments-panel', title: 'Shorter Loop segments', iconUrl: null },
  context: {
    key: 'segments-context',
    title: 'Reporter’s segments',
    label: 'Shorter Loop',
    iconUrl: null,
  },
  admin: { key: 'segments-admin', title: 'Shorter Loop segments', iconUrl: null },
  configure: { key: 'segments-configure', title: 'Shorter Loop segments', iconUrl: null },
  board: { key: 'segments-board', title: 'Segment board', iconUrl: null },
} as const;

/** A Jira site with one project, one issue for every match state, and people with every kind of access. */
export type Jira = JiraPages &
  Edits &
  Pick<Access, 'groupsOf' | 'setRole' | 'setGroups' | 'setPerson'> & {
    readonly rest: JiraRest;
    /** Those who use Jira first, then the reporters. */
    readonly people: readonly JiraPerson[];
    readonly groups: readonly JiraGroup[];
    readonly issues: readonly JiraIssue[];
    /** Creates an issue now, by the reporter of another one. Throws when there is no such issue. */
    createIssue(likeKey: string): JiraIssue;
    /** The issues that a person's query finds, or what Jira says of it. */
    search(accountId: string, jql: string): Promise<SearchResult>;
    /** What Jira keeps of the app's JQL functions. */
    readonly precomputations: readonly Precomputation[];
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
    /** What stands in the app's fields. */
    readonly fieldValues: FieldValues;
    /** Which panels are pinned to which projects. */
    readonly panelPins: PanelPins;
    /** The points that the app spent since the last reset, as Jira counts them. */
    readonly points: Meter['points'];
    /** Another quota of points an hour than Jira's, until the next reset. */
    readonly setHourlyQuota: Meter['setHourlyQuota'];
    /** Every REST call since the last reset, oldest first. */
    calls(): readonly JiraCall[];
    /** Back to the seed: faults, calls, roles, groups, changed accounts and issues, and what JQL functions keep. */
    reset(): void;
  };

/** What a Jira is made of. */
type JiraState = {
  readonly clock: Clock;
  readonly jqlApp: JqlApp | null;
  readonly strangersInAnswers: 'refused' | 'ignored';
  readonly keysInComparisons: KeysInComparisons;
  readonly cast: ReturnType<typeof castPeople>;
  readonly access: Access;
  readonly changing: ReturnType<typeof changeable>;
  readonly precomputations: ReturnType<typeof createPrecomputations>;
  readonly faults: JiraFaults;
  readonly meter: Meter;
  readonly fieldValues: FieldValues;
  readonly panelPins: PanelPins;
  readonly customers: CustomersInUserResources;
  readonly startedMs: number;
  calls: JiraCall[];
};

/** Makes a Jira. The same seed, members and clock make the same site. */
export function createJira({ modules = MODULES, ...options }: JiraOptions): Jira {
  const state = stateOf(options);
  const { clock, access, changing, precomputations, faults, meter } = state;
  const { people, groupsOf, setRole, setGroups, setPerson } = access;
  const { issues } = changing;
  return {
    rest: restOf(state),
    ...createPages({ people, users: usersOf(state), issues, modules: () => modules }),
    people,
    groups: GROUPS,
    groupsOf,
    setRole,
    setGroups,
    setPerson,
    issues,
    ...createEdits({ access, changing, clock, tell: (happening) => options.onHappening?.(happening) }),
    createIssue: (likeKey) => {
      const issue = { ...changing.create(likeKey, clock.now()) };
      options.onHappening?.({ kind: 'created', issue, accountId: issue.reporterAccountId ?? '', changes: [] });
      return issue;
    },
    search: (accountId, jql) => searchAs(state, jql, askerBy(state, accountId)),
    get precomputations() {
      return precomputations.all();
    },
    ...seededOf(state),
    faults,
    fieldValues: state.fieldValues,
    panelPins: state.panelPins,
    points: meter.points,
    setHourlyQuota: meter.setHourlyQuota,
    calls: () => [...state.calls],
    reset() {
      faults.clear();
      access.reset();
      changing.reset();
      precomputations.reset();
      meter.reset();
      state.fieldValues.reset();
      state.panelPins.reset();
      state.calls = [];
    },
  };
}

function stateOf(options: Omit<JiraOptions, 'modules'>): JiraState {
  const { seed = 1, members, clock = systemClock, extraReporters = 0, extraIssues = 0 } = options;
  const { jqlApp = null, strangersInAnswers = 'refused', keysInComparisons = 'any', isLiving = false } = options;
  const cast = castPeople(seed, members, { extraReporters, isLiving });
  const startedMs = clock.now();
  const fieldValues = createFieldValues(options.fields ?? []);
  return {
    clock,
    fieldValues,
    panelPins: createPanelPins(),
    jqlApp,
    strangersInAnswers,
    keysInComparisons,
    cast,
    access: createAccess(cast),
    changing: changeable(makeIssues(cast, { seed, nowMs: startedMs, extraIssues }), fieldValues.of),
    precomputations: createPrecomputations(),
    faults: createJiraFaults(),
    meter: createMeter(() => clock.now()),
    customers: options.customers ?? 'told',
    startedMs,
    calls: [],
  };
}

function restOf(state: JiraState): JiraRest {
  const { clock, access, changing, precomputations, faults, meter } = state;
  return createRest({
    people: access.people,
    inUserResources: ({ accountType }) => accountType !== 'customer' || state.customers === 'told',
    groupsOf: access.groupsOf,
    issues: changing.issues,
    faults,
    precomputations,
    search: (jql, asker) => searchAs(state, jql, asker),
    record: (call) => state.calls.push(call),
    nowMs: () => clock.now(),
    meter,
    fieldValues: state.fieldValues,
    panelPins: state.panelPins,
  });
}

/** Those who use Jira, without the reporters. */
function usersOf({ access, cast }: JiraState): JiraPerson[] {
  const { agent, admin, viewer, noAccess } = cast;
  return access.people.filter(({ accountId }) =>
    [agent, viewer, admin, noAccess].some((user) => user.accountId === accountId),
  );
}

/** What the seed says of the site, to who tests with it. */
function seededOf({ cast, changing, startedMs }: JiraState) {
  return {
    crowd: cast.crowd.map(({ person, member }, place) => ({
      accountId: person.accountId,
      member,
      issueKey: `ACME-${1001 + place}`,
    })),
    issueFor(state: IssueState): JiraIssue {
      const issue = changing.issues.find((candidate) => candidate.state === state);
      if (issue === undefined) throw new Error(`No issue shows ${state}`);
      return issue;
    },
    memberFor: (state: IssueState) => cast.members.get(state),
    links: linkSeeds(cast, startedMs),
    defaultAccountId: cast.agent.accountId,
    adminAccountId: cast.admin.accountId,
    viewerAccountId: cast.viewer.accountId,
    noAccessAccountId: cast.noAccess.accountId,
  };
}

function askerBy({ access }: JiraState, accountId: string): Asker {
  return askerOf({ as: 'user', accountId }, access.people);
}

function searchAs(state: JiraState, jql: string, asker: Asker): Promise<SearchResult> {
  const { jqlApp, precomputations, clock, changing, strangersInAnswers, keysInComparisons } = state;
  const accountId = asker.kind === 'person' ? asker.person.accountId : null;
  const visible = holds(asker, 'BROWSE_PROJECTS') ? changing.issues : [];
  const nowMs = (): number => clock.now();
  const parts = { app: jqlApp, precomputations, strangersInAnswers, keysInComparisons, nowMs };
  return search(parts, jql, { accountId, issues: visible, fields: state.fieldValues.fields });
}
