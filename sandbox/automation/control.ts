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
  const { jira, rules } = parts;
  switch (what) {
    case 'GET /__sandbox/rules':
      return ok(rules.all());
    case 'GET /__sandbox/audit':
      return ok(rules.audit());
    case 'POST /__sandbox/rules':
      return given(saveSchema, body, ({ rule, id, accountId: owner = viewerAccountId }) => {
        const unknown = rule.components.find(
          (component) => component.kind === 'action' && !parts.actions.some(({ key }) => key === component.key),
        );
        if (unknown?.kind === 'action') return refused(400, `The app offers no action ${unknown.key}`);
        const invalid = invalidComponents(rule.components, parts.actions);
        if (Object.keys(invalid).length > 0)
          return { status: 400, body: { error: 'The rule has a component that is not configured rightly', invalid } };
        return found(id === undefined ? rules.save(rule, owner) : rules.change(id, rule, owner));
      });
    case 'POST /__sandbox/rules/enable':
      return given(enableSchema, body, ({ ruleId, isEnabled }) => found(rules.enable(ruleId, isEnabled)));
    case 'POST /__sandbox/rules/delete':
      return given(ruleIdSchema, body, ({ ruleId }) => {
        const rule = rules.find(ruleId);
        rules.remove(ruleId);
        return found(rule);
      });
    case 'POST /__sandbox/rules/run':
      return given(runSchema, body, async ({ ruleId, issueKey, times }) => {
        const rule = rules.find(ruleId);
        if (rule === null) return found(null);
        if (!rule.isEnabled) return refused(409, 'The rule is switched off');
        if (!hasIssue(jira, issueKey)) return refused(404, `Jira has no issue ${issueKey}`);
        return ok(await runTimes(parts, rule, issueKey, times));
      });
    case 'POST /__sandbox/transition':
      return given(transitionSchema, body, async ({ issueKey, to, accountId: actor = viewerAccountId }) => {
        const changed = jira.transition(actor, issueKey, to);
        if (changed.kind === 'refused') return refused(changed.status, changed.message);
        const fired = rules
          .all()
          .filter(
            ({ isEnabled, trigger }) => isEnabled && trigger.kind === 'transitioned' && (trigger.to ?? to) === to,
          );
        return ok((await Promise.all(fired.map((rule) => runTimes(parts, rule, issueKey, 1)))).flat());
      });
    case 'POST /__sandbox/jql':
      return given(searchSchema, body, async ({ jql, accountId: asker = viewerAccountId }) => {
        const result = await jira.search(asker, jql);
        return result.kind === 'found'
          ? ok({ total: result.issues.length, keys: result.issues.map(({ key }) => key) })
          : refused(400, result.message);
      });
    case 'GET /__sandbox/precomputations':
      return ok(jira.precomputations);
    default:
      return null;
  }
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
