import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import type {
  ActionFormDefinitions,
  ActionKey,
  AdminDefinitions,
  Result,
  BulkDefinitions,
  ProofName,
  WriteKind,
  ConnectionSettings,
  Match,
  PanelDefinitions,
  PanelView,
  WriteResult,
} from '../../src/contract';
import {
  actionFormResolver,
  addReporter,
  adminResolver,
  bulkResolver,
  processRun,
  performUpkeep,
  processQueuedChanges,
  getReporterSegments,
  moveReporter,
  panelResolver,
  refreshDirectory,
  removeReporter,
  reporterInSegment,
  syncIdentities,
  reporterSegments,
  fillField,
  handleApiRequest,
  lookAtPending,
  noteIssueEvent,
  tick,
} from '../../src';
import { installInProcess, type ExportedFunction, type InProcess } from '../../sandbox/forge/inProcess';
import { storedTeamAccess } from '../../sandbox/teamAccess';
import { readManifest } from '../../sandbox/forge/manifest';
import { createIssueEvents } from '../../sandbox/forge/issueEvents';
import { createPlatform } from '../../sandbox/forge/platform';
import { deliverIssueEvent } from '../../sandbox/forge/productEvents';
import type { Readings } from '../../sandbox/forge/rules/readings';
import { readingsOfRun } from '../readings/asked';
import { webtriggerContext } from '../../sandbox/forge/webtriggerServer';
import { createJira, issueEvent, type CustomersInUserResources } from '../../sandbox/jira';
import { customFieldsOf } from '../../sandbox/jira/fields';
import {
  createSimulator,
  profileOf,
  serveSimulator,
  type SimulatorOptions,
  type Spelling,
} from '../../sandbox/shorterloop';
import { SETTINGS_KEY } from '../../src/adapters/store';
import { askForRefresh } from '../../src/usecases/jobs';
import type { StorageRateLimiter } from '../../src/usecases/connection';
import { refreshPrecomputations } from '../../src/features/jql';
import { recover } from '../../src/features/recovery';
import { startUpkeep } from '../../src/features/upkeep';
import { answerFrom } from './upstream';

type AnswerOf<D, Name extends keyof D> = D[Name] extends (...input: never[]) => infer A ? A : never;

const ACTIONS = {
  'move-reporter': moveReporter,
  'remove-reporter': removeReporter,
  'add-reporter': addReporter,
  'get-reporter-segments': getReporterSegments,
} as const;

const CONSUMERS: Readonly<Record<string, ExportedFunction>> = {
  'queued-changes': processQueuedChanges,
  'upkeep-runs': performUpkeep,
  'directory-refresh': refreshDirectory,
  field: fillField,
  'bulk-worker': processRun,
  'reporter-looks': lookAtPending,
  'identity-sync': syncIdentities,
};
const notDelivered = (): never => {
  throw new Error('The site delivers to no such consumer');
};
const runAsAny: NonNullable<SiteOptions['onDelivery']> = (_consumerKey, run) => run(randomUUID());
const storedSchema = z.object({ value: z.looseObject({ proofs: z.record(z.string(), z.number()) }) });
/** What the check proves where everything is as the app assumes it. */
const READS = ['listSegments', 'segmentsWithMembers', 'segmentWithMembers'] as const;

/** How a site differs from the usual one. */
export type SiteOptions = SimulatorOptions & {
  readonly fresh?: boolean;
  /** Who may do what: as the sandbox's team, or as the app starts. */
  readonly access?: 'team' | 'default';
  /** Whether the connection check has passed, without which the app writes nothing. */
  readonly proven?: boolean;
  readonly settings?: Spelling & { readonly apiOrigin?: string; readonly canAdd?: boolean };
  /** Answers Shorter Loop's calls without a network, as virtual time needs it. */
  readonly offline?: boolean;
  /** Further reporters in Jira, from ACME-1001 on. */
  readonly extraReporters?: number;
  /** Further issues in Jira by the same reporters, from ACME-1000001 on. */
  readonly extraIssues?: number;
  /** Whether Jira's user resources know portal customers, which nobody knows. */
  readonly customers?: CustomersInUserResources;
  /** How long a second of the queue lasts, in milliseconds. */
  readonly queueSecondMs?: number;
  /** Stands around each delivery to a consumer, which runs as the invocation that it is given. */
  readonly onDelivery?: (consumerKey: string, run: (invocationId: string) => Promise<unknown>) => Promise<unknown>;
  /** Whether Jira's events of issues reach the app. */
  readonly events?: boolean;
  /** Whether the directory is refreshed beside the test whenever the app asks for it. */
  readonly refreshes?: boolean;
  /** Whether the identity sync works beside the test whenever the app asks for it. */
  readonly syncs?: boolean;
  /** What Forge does where nobody knows; the side that FORGE_READINGS names where it is not said. */
  readonly readings?: Readings;
};

/** The app's functions in this process, on the real SDK packages, between a Jira site and a Shorter Loop. */
export async function createSite(options: SiteOptions = {}) {
  const {
    fresh = false,
    access = 'team',
    proven = true,
    settings: overrides = {},
    offline = false,
    extraReporters = 0,
    extraIssues = 0,
    customers = 'told',
    queueSecondMs = 1_000,
    refreshes = false,
    events: hasEvents = false,
    syncs = false,
    onDelivery = runAsAny,
    readings = readingsOfRun(),
    ...simulated
  } = options;
  const simulator = createSimulator({ members: 60, segments: 6, ...simulated });
  const upstream = offline
    ? { origin: 'http://offline.invalid', stop: () => Promise.resolve() }
    : await serveSimulator(simulator);
  const events = createIssueEvents(
    (event) =>
      deliverIssueEvent(manifest, event, ({ key }, body) => app.runFunction(noteIssueEvent, { moduleKey: key, body })),
    queueSecondMs,
  );
  const manifest = readManifest(path.join(__dirname, '../..'));
  const jira = createJira({
    seed: 1,
    ...(hasEvents ? { onHappening: (one) => events.publish(issueEvent(one, jira.people, Date.now())) } : {}),
    fields: customFieldsOf(manifest),
    members: simulator.truth.snapshot().members,
    extraReporters,
    extraIssues,
    customers,
  });
  const deliver = ({ key }: { readonly key: string }, event: object): Promise<unknown> =>
    (key === 'directory-refresh' && !refreshes) || (key === 'identity-sync' && !syncs)
      ? Promise.resolve()
      : onDelivery(key, (invocationId) =>
          app.runFunction(CONSUMERS[key] ?? notDelivered, { moduleKey: key, body: event, invocationId }),
        );
  const platform = createPlatform({
    manifest,
    jira: jira.rest,
    routeEgress: () => upstream.origin,
    deliver,
    queueSecondMs,
    readings,
  });
  const app: InProcess = installInProcess(platform);
  if (offline) platform.intercept(answerFrom(simulator));

  type Who = {
    readonly accountId?: string;
    readonly issue?: string;
    readonly issueId?: string;
    readonly limitMs?: number;
    readonly invocationId?: string;
  };
  async function panel<Name extends keyof PanelDefinitions>(
    functionKey: Name,
    payload: unknown,
    who: Who = {},
  ): Promise<AnswerOf<PanelDefinitions, Name>> {
    const { accountId = jira.defaultAccountId, issue = 'one', issueId, ...rest } = who;
    const known = jira.issues.find(({ state }) => state === issue);
    const extension = { issue: { id: issueId ?? known?.id } };
    const answer = await app.invoke(panelResolver, {
      moduleKey: 'segments-panel',
      functionKey,
      payload,
      extension,
      accountId,
      ...rest,
    });
    return answer as AnswerOf<PanelDefinitions, Name>;
  }
  async function admin<Name extends keyof AdminDefinitions>(
    functionKey: Name,
    payload?: unknown,
    accountId = jira.adminAccountId,
    invocationId?: string,
  ): Promise<AnswerOf<AdminDefinitions, Name>> {
    const named = invocationId === undefined ? {} : { invocationId };
    return (await app.invoke(adminResolver, {
      moduleKey: 'segments-admin',
      functionKey,
      payload,
      accountId,
      ...named,
    })) as AnswerOf<AdminDefinitions, Name>;
  }
  async function bulk<Name extends keyof BulkDefinitions>(
    functionKey: Name,
    payload?: unknown,
    accountId = jira.adminAccountId,
  ): Promise<AnswerOf<BulkDefinitions, Name>> {
    return (await app.invoke(bulkResolver, {
      moduleKey: 'segments-bulk',
      functionKey,
      payload,
      accountId,
    })) as AnswerOf<BulkDefinitions, Name>;
  }
  /** Runs an action as Automation does, as the rule's user. */
  async function action(
    key: ActionKey,
    inputs: object,
    who: Pick<Who, 'accountId' | 'invocationId'> = {},
  ): Promise<unknown> {
    const { accountId = jira.defaultAccountId, ...rest } = who;
    return app.runFunction(ACTIONS[key], { moduleKey: key, body: inputs, accountId, ...rest });
  }
  async function form(accountId = jira.adminAccountId): Promise<AnswerOf<ActionFormDefinitions, 'action.load'>> {
    return (await app.invoke(actionFormResolver, {
      moduleKey: 'move-reporter',
      functionKey: 'action.load',
      accountId,
    })) as AnswerOf<ActionFormDefinitions, 'action.load'>;
  }
  /** Calls the web trigger from outside. */
  async function apiClient(
    headers: Record<string, string>,
    body: unknown,
    method = 'POST',
  ): Promise<{ statusCode: number; body: Record<string, unknown> }> {
    const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
    const request = {
      method,
      path: '/x1/hook',
      userPath: '',
      headers: lists,
      queryParameters: {},
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...webtriggerContext('api-requests'),
    };
    const answer = (await app.runFunction(handleApiRequest, { moduleKey: 'api-requests', body: request })) as {
      statusCode: number;
      body: string;
    };
    return { statusCode: answer.statusCode, body: JSON.parse(answer.body) as Record<string, unknown> };
  }
  /** Asks the JQL function, as Jira does. */
  async function jql(...segments: string[]): Promise<unknown> {
    return jqlOf('in', ...segments);
  }
  /** {@link jql} with one of the operators that the function has. */
  async function jqlOf(operator: 'in' | 'not in', ...segments: string[]): Promise<unknown> {
    return app.runFunction(reporterInSegment, {
      moduleKey: 'reporter-in-segment',
      body: { clause: { field: 'reporter', operator, arguments: segments } },
    });
  }
  /** Asks the field's value function for issues, as Jira does when one is opened. */
  async function fieldValues(...issueIds: readonly string[]): Promise<unknown> {
    const [field] = jira.fieldValues.fields;
    const issues = issueIds.map((id) => ({ id: Number(id), value: jira.fieldValues.of(id)[field?.id ?? ''] ?? null }));
    return app.runFunction(reporterSegments, { moduleKey: 'reporter-segments', body: { field, issues } });
  }
  async function refreshJql(): Promise<void> {
    await app.runFunction(refreshPrecomputations, { moduleKey: 'tick' });
  }
  /** Runs the scheduled recovery, as Forge does every five minutes. */
  async function recovery(who: Pick<Who, 'invocationId'> = {}): Promise<void> {
    await app.runAs({ moduleKey: 'tick', ...who }, recover);
  }
  /** Works on the directory's refresh for one slice of work, without the waits that keep storage's rate limit. */
  async function refreshSlice(
    who: Pick<Who, 'invocationId' | 'limitMs'> = {},
    storageLimiter: StorageRateLimiter = { spend: () => Promise.resolve(), hasTime: () => true },
  ): Promise<void> {
    await app.runAs({ moduleKey: 'directory-refresh', ...who }, () => refreshDirectory({}, {}, () => storageLimiter));
  }
  /** Works on the identity sync for one slice, without the waits that keep storage's rate limit. */
  async function syncSlice(
    who: Pick<Who, 'invocationId' | 'limitMs'> = {},
    storageLimiter: StorageRateLimiter = { spend: () => Promise.resolve(), hasTime: () => true },
  ): Promise<void> {
    await app.runAs({ moduleKey: 'identity-sync', ...who }, () => syncIdentities({}, {}, () => storageLimiter));
  }
  /** Runs the app's scheduled trigger, as Forge does every five minutes. */
  async function runTick(): Promise<unknown> {
    return app.runFunction(tick, { moduleKey: 'tick' });
  }
  /** Runs the upkeep, as the tick does once a day, and what it starts. */
  async function upkeep(): Promise<void> {
    await app.runFunction(startUpkeep, { moduleKey: 'tick' });
    await platform.queue.idle();
  }
  const { canAdd = false, apiOrigin, ...spelling } = overrides;
  const { dialect: moveDialect, removeDialect } = simulator;
  const settings: ConnectionSettings = {
    apiOrigin: apiOrigin ?? 'https://api.shorterloop.com',
    initiativeId: simulator.initiativeId,
    profile: profileOf({ moveDialect, removeDialect, ...spelling }),
  };
  const prove = (names: readonly ProofName[]): void => {
    const { value } = storedSettings();
    const proofs = { ...value.proofs, ...Object.fromEntries(names.map((name) => [name, Date.now()])) };
    platform.kvs.handle('/api/v1/set', { key: SETTINGS_KEY, value: { ...value, proofs } });
  };
  /** Notes writes as tried with a test person, as an admin's test does. */
  const proveWrites = (...kinds: readonly WriteKind[]): void => {
    prove(kinds);
  };
  /** Notes the reads as proven, as the check does, and begins the directory as it does then. */
  const proveReads = async (): Promise<void> => {
    prove(READS);
    await app.runAs({ moduleKey: 'segments-admin' }, askForRefresh);
  };
  const storedSettings = () => storedSchema.parse(platform.kvs.handle('/api/v1/get', { key: SETTINGS_KEY }).body);
  for (const { accountId, ...value } of jira.links)
    platform.kvs.handle('/api/v1/entity/set', { entityName: 'link', key: accountId, value });
  if (!fresh && access === 'team') platform.kvs.handle('/api/v1/set', { key: 'access', value: storedTeamAccess() });
  if (!fresh) {
    valueOf(await admin('admin.save', { settings, key: simulator.key }));
    if (proven) await proveReads();
    if (proven) proveWrites('move', 'remove');
    if (canAdd) proveWrites('add');
    simulator.reset();
  }
  platform.clearRecords();
  const stop = async (): Promise<void> => {
    platform.close();
    await upstream.stop();
  };
  return {
    panel,
    admin,
    bulk,
    recovery,
    tick: runTick,
    upkeep,
    action,
    form,
    apiClient,
    jql,
    jqlOf,
    fieldValues,
    refreshJql,
    refreshSlice,
    /** Jira's events on their way to the app. */
    events,
    syncSlice,
    simulator,
    jira,
    platform,
    settings,
    proveReads,
    prove,
    proveWrites,
    app,
    stop,
  };
}

/** A site as a test holds it. */
export type Site = Awaited<ReturnType<typeof createSite>>;

/**
 * The calls to the platform, without the second looks at keys that a batch read left out: whether Forge does that
 * is not known, and only one side of it costs them.
 */
export function callsOf({ platform }: Pick<Site, 'platform'>) {
  const isSecondLook = ({ path, status }: { readonly path: string; readonly status: number | null }): boolean =>
    status === 404 && /v1\/(entity\/)?get$/.test(path);
  // Asked only where it matters: a test file that asks for a reading is played on both sides.
  if (!platform.calls.some(isSecondLook)) return platform.calls;
  return readingsOfRun().missingInBatchRead === 'told'
    ? platform.calls
    : platform.calls.filter((call) => !isSecondLook(call));
}

/** The value of an answer; throws with the problem when there is one. */
export function valueOf<T>(answer: Result<T>): T {
  if (answer.kind === 'ok') return answer.value;
  throw new Error(`The app answered with ${JSON.stringify(answer.problem)}`);
}

/** The problem of an answer; throws when there is none. */
export function problemOf(answer: Result<unknown>) {
  if (answer.kind === 'problem') return answer.problem;
  throw new Error(`The app answered with a value: ${JSON.stringify(answer.value)}`);
}

/** A linked match; throws for any other. */
export function linkedOf(view: PanelView): Extract<Match, { state: 'linked' }> {
  if (view.match.state === 'linked') return view.match;
  throw new Error(`The match is ${view.match.state}`);
}

/** The outcome of a write about one member. */
export function outcomeOf({ entry }: WriteResult): string {
  return entry.members.map(({ outcome, reason }) => `${String(outcome)} ${String(reason)}`).join(', ');
}
