import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { STATUS_NAMES } from '../jira';

const inputs = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** One part of a rule. Texts may hold smart values. */
export const componentSchema = z.discriminatedUnion('kind', [
  /** One of the app's actions, by its key in manifest.yml. */
  z.object({ kind: z.literal('action'), key: z.string(), inputs }),
  /** Goes on only when it holds. */
  z.object({ kind: z.literal('condition'), left: z.string().min(1), operator: z.enum(['equals', 'contains', 'does not contain']), right: z.string() }),
  /** Jira's own "Edit work item". */
  z.object({ kind: z.literal('priority'), value: z.enum(['High', 'Medium', 'Low']) }),
]);
/** One of {@link componentSchema}. */
export type Component = z.infer<typeof componentSchema>;

/** A rule as the page sends it. */
export const ruleSchema = z.object({
  name: z.string().trim().min(1),
  trigger: z.discriminatedUnion('kind', [z.object({ kind: z.literal('manual') }), z.object({ kind: z.literal('transitioned'), to: z.enum(STATUS_NAMES) })]),
  components: z.array(componentSchema).min(1).max(20),
});

/** A rule that was saved. It runs as whoever saved it. */
export type Rule = z.infer<typeof ruleSchema> & { readonly id: string; readonly ownerAccountId: string };

/** What came of one part of a run: what its owner reads, and the outputs that later parts may use. */
export type AuditPart = { readonly what: string; readonly status: 'SUCCESS' | 'FAILURE' | 'NOT MET' | 'NOT RUN'; readonly message: string };

/** One run of a rule, as the audit log shows it. `atMs` in milliseconds since the epoch. */
export type AuditEntry = {
  readonly id: string;
  readonly ruleId: string;
  readonly ruleName: string;
  readonly issueKey: string;
  readonly atMs: number;
  readonly status: 'SUCCESS' | 'SOME ERRORS' | 'NO ACTIONS PERFORMED';
  readonly parts: readonly AuditPart[];
};

/** The rules and the audit log of one site, in memory. */
export type Rules = {
  readonly all: () => readonly Rule[];
  readonly save: (rule: z.infer<typeof ruleSchema>, ownerAccountId: string) => Rule;
  /** Puts new parts into a rule; null when there is no such rule. */
  readonly change: (id: string, rule: z.infer<typeof ruleSchema>) => Rule | null;
  readonly remove: (id: string) => void;
  readonly audit: () => readonly AuditEntry[];
  readonly record: (entry: AuditEntry) => void;
  readonly reset: () => void;
};

/** A site without rules. The audit log keeps the newest first. */
export function createRules(): Rules {
  let rules: Rule[] = [];
  let audit: AuditEntry[] = [];
  return {
    all: () => rules,
    save: (rule, ownerAccountId) => {
      const saved = { ...rule, id: randomUUID(), ownerAccountId };
      rules = [...rules, saved];
      return saved;
    },
    change: (id, rule) => {
      const before = rules.find((one) => one.id === id);
      if (before === undefined) return null;
      const changed = { ...before, ...rule };
      rules = rules.map((one) => (one.id === id ? changed : one));
      return changed;
    },
    remove: (id) => {
      rules = rules.filter((rule) => rule.id !== id);
    },
    audit: () => audit,
    record: (entry) => {
      audit = [entry, ...audit].slice(0, 2_000);
    },
    reset: () => {
      rules = [];
      audit = [];
    },
  };
}
