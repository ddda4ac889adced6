import { z } from 'zod';
import { STATUS_NAMES, type Jira } from '../jira';
import { ruleSchema, type AuditEntry, type Rules } from './rules';
import { runRule, type RunParts } from './runRule';

/** What scripts and the page can ask of Automation. */
export type AutomationControl = RunParts & { readonly jira: Jira; readonly rules: Rules };

type Reply = { readonly status: number; readonly body: unknown };

const saveSchema = z.object({ rule: ruleSchema, id: z.string().optional() });
const runSchema = z.object({ ruleId: z.string(), issueKey: z.string(), times: z.int().min(1).max(5_000).default(1) });
const deleteSchema = z.object({ ruleId: z.string() });
const transitionSchema = z.object({ issueKey: z.string(), to: z.enum(STATUS_NAMES) });

/**
 * Answers `POST /__sandbox/rules…` and `GET /__sandbox/audit`; null for any other path.
 * @param accountId whose rules are saved: they run as that person
 */
export async function handleAutomation(parts: AutomationControl, what: string, body: unknown, accountId: string): Promise<Reply | null> {
  const { rules } = parts;
  switch (what) {
    case 'GET /__sandbox/rules':
      return ok(rules.all());
    case 'GET /__sandbox/audit':
      return ok(rules.audit());
    case 'POST /__sandbox/rules':
      return given(saveSchema, body, ({ rule, id }) => {
        const saved = id === undefined ? rules.save(rule, accountId) : rules.change(id, rule);
        return saved === null ? { status: 404, body: { error: 'There is no such rule' } } : ok(saved);
      });
    case 'POST /__sandbox/rules/delete':
      return given(deleteSchema, body, ({ ruleId }) => {
        rules.remove(ruleId);
        return ok({});
      });
    case 'POST /__sandbox/rules/run':
      return given(runSchema, body, async ({ ruleId, issueKey, times }) => {
        const rule = rules.all().find(({ id }) => id === ruleId);
        if (rule === undefined) return { status: 404, body: { error: 'There is no such rule' } };
        const runs = await Promise.all(Array.from({ length: times }, () => runRule(parts, rule, issueKey)));
        runs.forEach(rules.record);
        return ok(runs);
      });
    case 'POST /__sandbox/transition':
      return given(transitionSchema, body, async ({ issueKey, to }) => {
        parts.jira.transition(issueKey, to);
        const runs: AuditEntry[] = [];
        for (const rule of rules.all()) {
          if (rule.trigger.kind === 'transitioned' && rule.trigger.to === to) runs.push(await runRule(parts, rule, issueKey));
        }
        runs.forEach(rules.record);
        return ok(runs);
      });
    default:
      return null;
  }
}

function ok(body: unknown): Reply {
  return { status: 200, body };
}

async function given<T>(schema: z.ZodType<T>, body: unknown, work: (value: T) => Reply | Promise<Reply>): Promise<Reply> {
  const parsed = schema.safeParse(body);
  return parsed.success ? work(parsed.data) : { status: 400, body: { error: z.prettifyError(parsed.error) } };
}
