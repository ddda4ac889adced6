import {
  isInScope,
  ok,
  err,
  type AccessSettings,
  type JiraPermission,
  type Problem,
  type ProjectScope,
  type Result,
} from '../../contract';
import { findProject, heldAt, readOwnGroupIds, type As, type PermissionPlace } from '../../adapters/jira';
import { readApiClient } from '../../adapters/store';
import {
  apiClientRefusal,
  conditionsOf,
  refusalOf,
  GROUP_NEEDED,
  type AccessFacts,
  type GuardedAct,
} from '../../domain/access';
import { fromJira } from '../result';
import { askAs, asOf, ISSUE_NOT_VISIBLE, type Actor } from './actor';

/** Where an act is to happen. */
export type Place =
  | { readonly kind: 'issue'; readonly issueId: string; readonly projectId: string }
  | { readonly kind: 'project'; readonly projectKey: string }
  /** No place in particular: what is about issues is asked for on each of them. */
  | { readonly kind: 'anywhere' };

/** The settings by which it is judged, as they are stored now. */
export type AccessRules = { readonly access: AccessSettings; readonly scope: ProjectScope };

/** What stands in the way of each of several acts; null where nothing does. */
export type Verdicts<A extends GuardedAct> = Readonly<Record<A, Problem | null>>;

/** What a project means that Jira does not show. */
export const PROJECT_NOT_VISIBLE: Problem = { code: 'projectNotVisible' };
/** What an API client means that was revoked, or never was. */
const API_CLIENT_GONE: Problem = { code: 'apiClientGone' };

/**
 * Whether this actor may do all of these acts here, now: the one place that decides it. Every entry point asks it,
 * and whatever waited asks it again before each attempt. Anything but a clear yes is a no; an outage of Jira is
 * answered as one, so that what waits may wait on.
 */
export async function authorize(
  actor: Actor,
  acts: readonly GuardedAct[],
  place: Place,
  rules: AccessRules,
): Promise<Result<true>> {
  const judged = await verdicts(actor, acts, place, rules);
  if (judged.kind === 'problem') return judged;
  const refused = acts.map((act) => judged.value[act]).find((problem) => problem !== null);
  return refused === undefined ? ok(true) : err(refused);
}

/**
 * {@link authorize} for a view: what stands in the way of each act. Jira is asked once for all of them, and only for
 * the permissions that the rules name: each costs two of the points that all sites share.
 * @returns a problem where the place is not theirs to see, the app is off there, or Jira can't say
 */
export async function verdicts<A extends GuardedAct>(
  actor: Actor,
  acts: readonly A[],
  place: Place,
  rules: AccessRules,
): Promise<Result<Verdicts<A>>> {
  const off = isKnownOff(place, rules.scope);
  if (off !== null) return err(off);
  if (actor.kind === 'app') return ok(recordOf(acts, () => null));
  if (actor.kind === 'apiClient') return verdictsOfApiClient(actor.apiClientId, acts, place, rules.scope);
  const as = asOf(actor);
  const facts = await askAs(as, () => readFacts(as, acts, place, rules));
  if (facts.kind === 'problem') return facts;
  const unseen = place.kind === 'project' ? PROJECT_NOT_VISIBLE : ISSUE_NOT_VISIBLE;
  const refusals = recordOf(acts, (act) => refusalOf(conditionsOf(act, rules.access, facts.value), unseen));
  return facts.value.isProjectOn === false ? err({ code: 'projectOff' }) : ok(refusals);
}

/** What the scope says by itself of a place whose project is known by id. */
function isKnownOff(place: Place, scope: ProjectScope): Problem | null {
  return place.kind === 'issue' && !isInScope(scope, place.projectId) ? { code: 'projectOff' } : null;
}

async function readFacts(
  as: As,
  acts: readonly GuardedAct[],
  place: Place,
  { access, scope }: AccessRules,
): Promise<Result<AccessFacts>> {
  const needed = acts.flatMap((act) => (act === 'look' ? [] : [access[act]]));
  const permissions = needed.map(({ permission }) => permission);
  const [held, groupIds, isProjectOn] = await Promise.all([
    heldAt(placeOf(place), withLook(permissions), as),
    needed.some(({ groups }) => groups.length > 0) ? readOwnGroupIds(as) : null,
    isOn(place, scope, as),
  ]);
  const found = fromJira(held, place.kind === 'project' ? PROJECT_NOT_VISIBLE : ISSUE_NOT_VISIBLE);
  if (found.kind === 'problem') return found;
  if (isProjectOn.kind === 'problem') return isProjectOn;
  const groups = groupIds === null ? ok(null) : fromJira(groupIds, GROUP_NEEDED);
  if (groups.kind === 'problem') return groups;
  // Whoever may not see the place is answered 404, so that an answer tells that they do.
  return ok({ sees: true, isProjectOn: isProjectOn.value, permissions: found.value, groups: groups.value });
}

/** Jira takes no question for no permission: whoever only looks is asked whether they may. */
function withLook(permissions: readonly JiraPermission[]): readonly JiraPermission[] {
  return permissions.length === 0 ? ['BROWSE_PROJECTS'] : permissions;
}

function placeOf(place: Place): PermissionPlace {
  return place.kind === 'issue' ? { kind: 'issue', issueId: place.issueId } : place;
}

/** Jira says which project a key means now: the scope knows projects by id, and keys change. */
async function isOn(place: Place, scope: ProjectScope, as: As): Promise<Result<boolean>> {
  if (scope.kind === 'all' || place.kind !== 'project') return ok(true);
  const project = fromJira(await findProject(place.projectKey, as), PROJECT_NOT_VISIBLE);
  return project.kind === 'ok' ? ok(isInScope(scope, project.value.id)) : project;
}

/** An API client may do what an admin ticked, as long as it stands; no rule of Jira's permissions is about it. */
async function verdictsOfApiClient<A extends GuardedAct>(
  apiClientId: string,
  acts: readonly A[],
  place: Place,
  scope: ProjectScope,
): Promise<Result<Verdicts<A>>> {
  const [apiClient, isProjectOn] = await Promise.all([readApiClient(apiClientId), isOn(place, scope, 'app')]);
  if (apiClient === null) return err(API_CLIENT_GONE);
  if (isProjectOn.kind === 'problem') return isProjectOn;
  if (!isProjectOn.value) return err({ code: 'projectOff' });
  return ok(recordOf(acts, (act) => apiClientRefusal(apiClient.acts, act)));
}

function recordOf<A extends GuardedAct>(acts: readonly A[], valueOf: (act: A) => Problem | null): Verdicts<A> {
  return Object.fromEntries(acts.map((act) => [act, valueOf(act)])) as Verdicts<A>;
}
