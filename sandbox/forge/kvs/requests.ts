import { z } from 'zod';

const key = z.string();
const metadataFields = z.array(z.enum(['CREATED_AT', 'UPDATED_AT', 'EXPIRE_TIME']));
const ttl = z.object({ value: z.number(), unit: z.enum(['SECONDS', 'MINUTES', 'HOURS', 'DAYS']) });
const readOptions = z.object({ metadataFields: metadataFields.optional() }).optional();
const writeOptions = z
  .object({
    ttl: ttl.optional(),
    keyPolicy: z.enum(['OVERRIDE', 'FAIL_IF_EXISTS']).optional(),
    returnValue: z.enum(['PREVIOUS', 'LATEST']).optional(),
    returnMetadataFields: metadataFields.optional(),
  })
  .optional();

const filter = z.object({
  property: z.string(),
  condition: z.enum([
    'BEGINS_WITH',
    'BETWEEN',
    'CONTAINS',
    'EQUAL_TO',
    'EXISTS',
    'GREATER_THAN',
    'GREATER_THAN_EQUAL_TO',
    'LESS_THAN',
    'LESS_THAN_EQUAL_TO',
    'NOT_CONTAINS',
    'NOT_EQUAL_TO',
    'NOT_EXISTS',
  ]),
  values: z.array(z.union([z.string(), z.number(), z.boolean()])),
});
const filters = z.object({ and: z.array(filter).optional(), or: z.array(filter).optional() }).optional();
const entityName = z.string().optional();

/** The bodies that @forge/kvs sends, by what they ask for. */
export const REQUESTS = {
  read: z.object({ key, entityName, options: readOptions }),
  write: z.object({ key, entityName, value: z.unknown().optional(), options: writeOptions }),
  remove: z.object({ key, entityName }),
  query: z.object({
    limit: z.number().optional(),
    after: z.string().optional(),
    where: z
      .array(
        z.object({ property: z.literal('key'), condition: z.literal('BEGINS_WITH'), values: z.tuple([z.string()]) }),
      )
      .optional(),
    options: readOptions,
  }),
  entityQuery: z.object({
    entityName: z.string(),
    indexName: z.string(),
    partition: z.array(z.unknown()).optional(),
    range: filter.omit({ property: true }).optional(),
    filters,
    sort: z.enum(['ASC', 'DESC']).optional(),
    cursor: z.string().optional(),
    limit: z.number().optional(),
    options: readOptions,
  }),
  transaction: z.object({
    set: z
      .array(z.object({ key, entityName, value: z.unknown().optional(), conditions: filters, options: writeOptions }))
      .default([]),
    delete: z.array(z.object({ key, entityName, conditions: filters })).default([]),
    check: z.array(z.object({ key, entityName, conditions: filters })).default([]),
  }),
} as const;

/** A condition on one attribute. */
export type Filter = z.infer<typeof filter>;
/** Conditions joined by `and` or by `or`. */
export type Filters = z.infer<typeof filters>;
export type WriteRequest = z.infer<typeof REQUESTS.write>;
export type MetadataFields = z.infer<typeof metadataFields> | undefined;
export type EntityQuery = z.infer<typeof REQUESTS.entityQuery>;
export type KeyQuery = z.infer<typeof REQUESTS.query>;
export type Transaction = z.infer<typeof REQUESTS.transaction>;
