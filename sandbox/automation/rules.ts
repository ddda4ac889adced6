import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { PRIORITIES, STATUS_NAMES } from '../jira';

const inputs = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** The fields of a work item that a condition can look at. */
export const CONDITION_FIELDS = ['status', 'priority', 'type', 'label'] as const;
/** How a condition compares two texts. */
export const COMPARISONS = ['equals', 'contains', 'does not contain'] as const;

const componentSchema = z.discriminatedUnion('kind', [
  /** One of the app's actions, by its key in manifest.yml. */
  z.strictObject({ kind: z.literal('action'), key: z.string(), inputs }),
  /** Goes on only when it holds. */
  z.strictObject({
    kind: z.literal('condition'),
    left: z.string().min(1),
    operator: z.enum(COMPARISONS),
    right: z.string(),
  }),
  /** Goes on only when the work item has that value there now. */
  z.strictObject({ kind: z.literal('field'), field: z.enum(CONDITION_FIELDS), value: z.string().min(1) }),
  /** Jira's own "Edit work item". */
  z.strictObject({ kind: z.literal('priority'), value: z.enum(PRIORITIES) }),
]);
/** One part of a rule: a condition, or something to do. Texts may hold smart values. */
export type Component = z.infer<typeof componentSchema>;

/** A rule as the page sends it. A `transitioned` trigger without a status fires for every one. */
export const ruleSchema = z.strictObject({
  name: z.string().trim().min(1).max(60),
  isEnabled: z.boolean().default(true),
  trigger: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('manual') }),
    z.strictObject({ kind: z.literal('transitioned'), to: z.enum(STATUS_NAMES).nullable() }),
  ]),
  components: z
    .array(componentSchema)
    .min(1)
    .max(20)
    .refine(
      (components) => components.some(({ kind }) => kind === 'action' || kind === 'priority'),
      'A rule needs something to do',
    ),
});
/** What a rule says. */
type RuleText = z.output<typeof ruleSchema>;

/** A rule that was saved. It runs as whoever saved it last. */
export type Rule = RuleText & { readonly id: string; readonly ownerAccountId: string };

/** What came of one part of a run. */
export type AuditPart = {
  readonly what: string;
  readonly status: 'SUCCESS' | 'FAILURE' | 'NOT MET' | 'NOT RUN';
  /** What the rule's owner reads. */
  readonly message: string;
  /** The outputs that later parts could use; null for a part without. */
  readonly outputs: Readonly<Record<string, unknown>> | null;
  /** What Automation would not tell: how the app differs from its manifest, and what it threw. */
  readonly sandboxErrors: readonly string[];
};

/** One run of a rule, as the audit log shows it. `atMs` in milliseconds since the epoch. */
export type AuditEntry = {
  readonly id: string;
  readonly ruleId: string;
  readonly ruleName: string;
  readonly ownerAccountId: string;
  readonly issueKey: string;
  readonly atMs: number;
  readonly status: 'SUCCESS' | 'SOME ERRORS' | 'NO ACTIONS PERFORMED';
  readonly parts: readonly AuditPart[];
};

/** The rules and the audit log of one site, in memory. */
export type Rules = {
  readonly all: () => readonly Rule[];
  readonly find: (id: string) => Rule | null;
  readonly save: (rule: RuleText, ownerAccountId: string) => Rule;
  /** Puts another text into a rule, which from now on runs as this owner; null when there is no such rule. */
  readonly change: (id: string, rule: RuleText, ownerAccountId: string) => Rule | null;
  /** Switches a rule on or off; null when there is no such rule. */
  readonly enable: (id: string, isEnabled: boolean) => Rule | null;
  readonly remove: (id: string) => void;
  /** The newest first. */
  readonly audit: () => readonly AuditEntry[];
  readonly record: (entry: AuditEntry) => void;
  readonly reset: () => void;
};

const MOST_RUNS_KEPT = 5_000;

/** A site without rules. */
export function createRules(): Rules {
  const rules = new Map<string, Rule>();
  let audit: AuditEntry[] = [];
  const put = (rule: Rule): Rule => {
    rules.set(rule.id, rule);
    return rule;
  };
  return {
    all: () => [...rules.values()],
    find: (id) => rules.get(id) ?? null,
    save: (rule, ownerAccountId) => put({ ...rule, id: randomUUID(), ownerAccountId }),
    change: (id, rule, ownerAccountId) => (rules.has(id) ? put({ ...rule, id, ownerAccountId }) : null),
    enable: (id, isEnabled) => {
      const before = rules.get(id);
      return before === undefined ? null : put({ ...before, isEnabled });
    },
    remove: (id) => void rules.delete(id),
    audit: () => audit.toReversed(),
    record: (entry) => {
      audit.push(entry);
      if (audit.length > MOST_RUNS_KEPT) audit = audit.slice(-MOST_RUNS_KEPT);
    },
    reset: () => {
      rules.clear();
      audit = [];
    },
  };
}
