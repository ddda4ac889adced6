import { z } from 'zod';
import type { Manifest } from '../forge/manifest';
import { SITE } from '../forge/site';
import type { JiraRestAnswer } from '../forge/jiraRest';
import { json, refusal } from './answers';
import type { Asker } from './permissions';
import type { JiraIssue } from './types';

const moduleSchema = z.object({
  key: z.string(),
  name: z.string(),
  type: z.literal('string'),
  collection: z.literal('list'),
  readOnly: z.literal(true),
  view: z.object({ value: z.object({ function: z.string() }) }),
});

/** A field of the app on issues, as its manifest declares it: lists of texts that only the app changes. */
export type CustomField = {
  readonly id: string;
  readonly key: string;
  readonly moduleKey: string;
  readonly name: string;
  /** The id of its module, which Jira tells as the field's type. */
  readonly type: string;
};

/** Where Jira begins to number fields. */
const FIRST_ID = 10_100;

/**
 * The `jira:customField` modules of a manifest, with the ids that Jira gives them.
 * @see https://developer.atlassian.com/platform/forge/manifest-reference/modules/jira-custom-field/
 */
export function customFieldsOf(manifest: Manifest): CustomField[] {
  return manifest.modules
    .filter(({ type }) => type === 'jira:customField')
    .map((module, place) => {
      const { key, name } = moduleSchema.parse({ ...module, type: module.valueType });
      return {
        id: `customfield_${String(FIRST_ID + place)}`,
        key: `${manifest.appId}__${SITE.environmentType}__${key}`,
        moduleKey: key,
        name,
        type: `ari:cloud:ecosystem::extension/${manifest.appId}/${SITE.environmentId}/static/${key}`,
      };
    });
}

/** What stands in the app's fields, by field and issue. */
export type FieldValues = {
  readonly fields: readonly CustomField[];
  /** What an issue has in every field; null in an empty one. */
  readonly of: (issueId: string) => Record<string, readonly string[] | null>;
  readonly set: (fieldId: string, issueId: string, values: readonly string[] | null) => void;
  /** How many values the app has written since the last reset. */
  readonly written: () => number;
  readonly reset: () => void;
};

/** The fields of a site, all of them empty. */
export function createFieldValues(fields: readonly CustomField[]): FieldValues {
  const stored = new Map<string, readonly string[]>();
  const keyOf = (fieldId: string, issueId: string): string => `${fieldId} ${issueId}`;
  let count = 0;
  return {
    fields,
    of: (issueId) => Object.fromEntries(fields.map(({ id }) => [id, stored.get(keyOf(id, issueId)) ?? null])),
    set: (fieldId, issueId, values) => {
      count += 1;
      if (values === null || values.length === 0) stored.delete(keyOf(fieldId, issueId));
      else stored.set(keyOf(fieldId, issueId), values);
    },
    written: () => count,
    reset: () => {
      stored.clear();
      count = 0;
    },
  };
}

/** What the resources of fields need. */
type FieldRestParts = { readonly fieldValues: FieldValues; readonly issues: readonly JiraIssue[] };

/** `GET /rest/api/3/field`: of Jira's own fields two stand for all. */
export function answerFields({ fieldValues }: FieldRestParts): JiraRestAnswer {
  const own = [['summary', 'string'] as const, ['reporter', 'user'] as const].map(([id, type]) => ({
    id,
    key: id,
    name: id,
    custom: false,
    schema: { type, system: id },
  }));
  const customs = fieldValues.fields.map(({ id, key, name, type }) => ({
    id,
    key,
    name,
    custom: true,
    clauseNames: [`cf[${id.slice('customfield_'.length)}]`, name],
    schema: { type: 'array', items: 'string', custom: type, customId: Number(id.slice('customfield_'.length)) },
  }));
  return json(200, [...own, ...customs]);
}

/** The most values that a list has (documented). */
const MOST_VALUES = 100;
const updatesSchema = z.object({
  updates: z.array(
    z.object({
      customField: z.string(),
      issueIds: z.array(z.int()).min(1),
      value: z.array(z.string().min(1)).max(MOST_VALUES).nullable(),
    }),
  ),
});

/**
 * `POST /rest/api/3/app/field/value`: only the app that owns a field changes it. An issue that is not there is refused,
 * and with it the whole (assumed).
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-custom-field-values--apps-/
 */
export function answerFieldUpdate(
  { fieldValues, issues }: FieldRestParts,
  asker: Asker,
  body: string | null,
): JiraRestAnswer {
  if (asker.kind !== 'app') return refusal(403, 'Only the app that owns the custom field can update its values.');
  const parsed = updatesSchema.safeParse(jsonOf(body));
  if (!parsed.success) return refusal(400, 'The updates are not understood.');
  const known = new Set(issues.map(({ id }) => id));
  for (const { customField, issueIds } of parsed.data.updates) {
    if (!fieldValues.fields.some(({ id, key }) => id === customField || key === customField))
      return refusal(404, `The custom field '${customField}' was not found.`);
    if (issueIds.some((id) => !known.has(String(id)))) return refusal(404, 'Some issues were not found.');
  }
  for (const { customField, issueIds, value } of parsed.data.updates) {
    const field = fieldValues.fields.find(({ id, key }) => id === customField || key === customField);
    for (const id of issueIds) fieldValues.set(field?.id ?? '', String(id), value);
  }
  return json(204, undefined);
}

function jsonOf(body: string | null): unknown {
  try {
    return JSON.parse(body ?? '');
  } catch {
    return undefined;
  }
}
