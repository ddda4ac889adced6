import { z } from 'zod';
import { STATUS_NAMES, type Jira } from '../jira';
import { ruleSchema, type AuditEntry, type Rule, type Rules } from './rules';
import { runRule, type RunParts } from './runRule';
import { invalidComponents } from './validate';

/** What scripts and the page can ask of Automation. */
export type AutomationControl = RunParts & { readonly jira: Jira; readonly rules: Rules };

type Reply = { readonly status: number; readonly body: unknown };

/** How many runs of a rule go on at the same time. */
const AT_ONCE = 20;

const accountId = z.string().optional();
const saveSchema = z.object({ rule: ruleSchema, id: z.string().optional(), accountId });
const runSchema = z.object({ ruleId: z.string(), issueKey: z.string(), times: z.int().min(1).max(5_000).default(1) });
const ruleIdSchema = z.object({ ruleId: z.string() });
const enableSchema = z.object({ ruleId: z.string(), isEnabled: z.boolean() });
const transitionSchema = z.object({ issueKey: z.string(), to: z.enum(STATUS_NAMES), accountId });
const searchSchema = z.object({ jql: z.string(), accountId });

/** A request of Automation: `viewerAccountId` is meant where the body names nobody. */
type Ask = { readonly parts: AutomationControl; readonly body: unknown; readonly viewerAccountId: string };

type Route = (ask: Ask) => Reply | Promise<Reply>;

/** What Automation answers at each path. A map: a path must not find what every object has. */
const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['GET /__sandbox/rules', ({ parts }) => ok(parts.rules.all())],
  ['GET /__sandbox/audit', ({ parts }) => ok(parts.rules.audit())],
  ['POST /__sandbox/rules', saveRule],
  ['POST /__sandbox/rules/enable', enableRule],
  ['POST /__sandbox/rules/delete', deleteRule],
  ['POST /__sandbox/rules/run', runRuleNow],
  ['POST /__sandbox/transition', transition],
  ['POST /__sandbox/jql', searchIssues],
  ['GET /__sandbox/precomputations', ({ parts }) => ok(parts.jira.precomputations)],
]);

/**
 * Answers `POST /__sandbox/rules…`, `GET /__sandbox/audit` and their like; null for any other path.
 * @param viewerAccountId who is meant where the body names nobody: rules run as whoever saved them
 */
export async function handleAutomation(
  parts: AutomationControl,
  what: string,
  body: unknown,
  viewerAccountId: string,
): Promise<Reply | null> {
  const route = ROUTES.get(what);
  return route === undefined ? null : route({ parts, body, viewerAccountId });
}

function saveRule({ parts, body, viewerAccountId }: Ask): Promise<Reply> {
  const { rules, actions } = parts;
  return given(saveSchema, body, ({ rule, id, accountId: owner = viewerAccountId }) => {
    const unknown = rule.components.find(
      (component) => component.kind === 'action' && !actions.some(({ key }) => key === component.key),
    );
    if (unknown?.kind === 'action') return refused(400, `The app offers no action ${unknown.key}`);
    const invalid = invalidComponents(rule.components, actions);
    if (Object.keys(invalid).length > 0)
      return { status: 400, body: { error: 'The rule has a component that is not configured rightly', invalid } };
    return found(id === undefined ? rules.save(rule, owner) : rules.change(id, rule, owner));
  });
}

function enableRule({ parts, body }: Ask): Promise<Reply> {
  return given(enableSchema, body, ({ ruleId, isEnabled }) => found(parts.rules.enable(ruleId, isEnabled)));
}

function deleteRule({ parts, body }: Ask): Promise<Reply> {
  return given(ruleIdSchema, body, ({ ruleId }) => {
    const rule = parts.rules.find(ruleId);
    parts.rules.remove(ruleId);
    return found(rule);
  });
}

function runRuleNow({ parts, body }: Ask): Promise<Reply> {
  return given(runSchema, body, async ({ ruleId, issueKey, times }) => {
    const rule = parts.rules.find(ruleId);
    if (rule === null) return found(null);
    if (!rule.isEnabled) return refused(409, 'The rule is switched off');
    if (!hasIssue(parts.jira, issueKey)) return refused(404, `Jira has no issue ${issueKey}`);
    return ok(await runTimes(parts, rule, issueKey, times));
  });
}

/** Puts an issue into another status, and runs the rules that wait for that. */
function transition({ parts, body, viewerAccountId }: Ask): Promise<Reply> {
  return given(transitionSchema, body, async ({ issueKey, to, accountId: actor = viewerAccountId }) => {
    const changed = parts.jira.transition(actor, issueKey, to);
    if (changed.kind === 'refused') return refused(changed.status, changed.message);
    const fired = parts.rules
      .all()
      .filter(({ isEnabled, trigger }) => isEnabled && trigger.kind === 'transitioned' && (trigger.to ?? to) === to);
    return ok((await Promise.all(fired.map((rule) => runTimes(parts, rule, issueKey, 1)))).flat());
  });
}

function searchIssues({ parts, body, viewerAccountId }: Ask): Promise<Reply> {
  return given(searchSchema, body, async ({ jql, accountId: asker = viewerAccountId }) => {
    const result = await parts.jira.search(asker, jql);
    return result.kind === 'found'
      ? ok({ total: result.issues.length, keys: result.issues.map(({ key }) => key) })
      : refused(400, result.message);
  });
}

/** Runs a rule that often, some of them at the same time, as a burst of events does. */
async function runTimes(parts: AutomationControl, rule: Rule, issueKey: string, times: number): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  let left = times;
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const entry = await runRule(parts, rule, issueKey);
      parts.rules.record(entry);
      entries.push(entry);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, times) }, work));
  return entries;
}

function hasIssue(jira: Jira, issueKey: string): boolean {
  return jira.issues.some(({ key }) => key === issueKey);
}

function ok(body: unknown): Reply {
  return { status: 200, body };
}

function refused(status: number, error: string): Reply {
  return { status, body: { error } };
}

function found(rule: Rule | null): Reply {
  return rule === null ? refused(404, 'There is no such rule') : ok(rule);
}

async function given<T>(
  schema: z.ZodType<T>,
  body: unknown,
  work: (value: T) => Reply | Promise<Reply>,
): Promise<Reply> {
  const parsed = schema.safeParse(body);
  return parsed.success ? work(parsed.data) : refused(400, z.prettifyError(parsed.error));
}
