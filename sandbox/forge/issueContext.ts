import { z } from 'zod';
import { ISSUE_CONTEXT } from './rules/modules';

const textSchema = z.union([z.string().min(1), z.strictObject({ i18n: z.string().min(1) })]);
const functionSchema = z.strictObject({ function: z.string() });
const isAbsolute = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

const statusSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('badge'),
    value: z.object({ label: z.string().regex(/^\d+$/, 'the label of a badge is a number, as a text') }),
  }),
  z.object({
    type: z.literal('lozenge'),
    value: z.object({ label: z.string().min(1), type: z.enum(ISSUE_CONTEXT.lozenges.value).optional() }),
  }),
  z.object({ type: z.literal('icon'), value: z.object({ label: z.string().min(1), url: z.string().optional() }) }),
]);

/** A `jira:issueContext` as its page describes it, for Custom UI. */
const contextSchema = z.strictObject({
  key: z.string().regex(/^[a-zA-Z0-9_-]+$/),
  title: textSchema,
  label: textSchema,
  resource: z.string(),
  render: z.literal('native').optional(),
  resolver: z.union([functionSchema, z.strictObject({ endpoint: z.string() })]).optional(),
  icon: z.string().refine(isAbsolute, 'an icon is an absolute URL').optional(),
  status: statusSchema.optional(),
  displayConditions: z.looseObject({}).optional(),
  dynamicProperties: functionSchema.optional(),
});

/** What a manifest has that an issue context may name. */
export type Named = { readonly functions: readonly string[]; readonly resources: readonly string[] };

/**
 * The first thing that is wrong with a `jira:issueContext`; null for nothing.
 * @see https://developer.atlassian.com/platform/forge/manifest-reference/modules/jira-issue-context/
 */
export function issueContextFault(module: unknown, { functions, resources }: Named): string | null {
  const parsed = contextSchema.safeParse(module);
  if (!parsed.success) return z.prettifyError(parsed.error);
  const { resource, resolver, dynamicProperties } = parsed.data;
  if (!resources.includes(resource)) return `there is no resource ${resource}`;
  const used = [
    resolver !== undefined && 'function' in resolver ? resolver.function : null,
    dynamicProperties?.function,
  ];
  const missing = used.find((name) => name !== null && name !== undefined && !functions.includes(name));
  return missing === null || missing === undefined ? null : `there is no function ${missing}`;
}

/** What is wrong with what a function of `dynamicProperties` answered; null for nothing. */
export function dynamicPropertiesFault(answer: unknown): string | null {
  const parsed = z.strictObject({ status: statusSchema }).safeParse(answer);
  return parsed.success ? null : z.prettifyError(parsed.error);
}
