import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { schemaSchema } from './schema';

const FILE = path.join(__dirname, '../../docs/shorterloop.openapi.yaml');

const exampleSchema = z.strictObject({ summary: z.string().optional(), value: z.unknown() });
const mediaSchema = z.strictObject({
  schema: schemaSchema,
  example: z.unknown().optional(),
  examples: z.record(z.string(), exampleSchema).optional(),
});
const contentSchema = z.strictObject({ 'application/json': mediaSchema });
const responseSchema = z.strictObject({ description: z.string().min(20), content: contentSchema.optional() });
const refSchema = z.strictObject({ $ref: z.string().startsWith('#/') });
const parameterSchema = z.strictObject({
  name: z.string(),
  in: z.enum(['path', 'header']),
  required: z.literal(true),
  description: z.string().optional(),
  schema: schemaSchema,
});
const statusSchema = z.string().regex(/^([1-5]\d\d|[1-5]XX)$/, 'a status, or a class of them such as 5XX');
const bodySchema = z.strictObject({ required: z.literal(true), content: contentSchema });
const operationSchema = z.strictObject({
  operationId: z.string(),
  'x-documented': z.boolean(),
  summary: z.string().min(20),
  parameters: z.array(z.union([refSchema, parameterSchema])),
  requestBody: refSchema.optional(),
  responses: z.record(statusSchema, z.union([refSchema, responseSchema])),
});
const documentSchema = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({ title: z.string(), version: z.string(), summary: z.string().optional() }),
  servers: z.array(z.strictObject({ url: z.url() })).min(1),
  security: z.array(z.record(z.string(), z.array(z.string()))).min(1),
  paths: z.record(
    z.string().startsWith('/'),
    z.strictObject({
      get: operationSchema.optional(),
      put: operationSchema.optional(),
      post: operationSchema.optional(),
      delete: operationSchema.optional(),
    }),
  ),
  components: z.strictObject({
    securitySchemes: z.record(
      z.string(),
      z.strictObject({ type: z.literal('http'), scheme: z.string(), description: z.string() }),
    ),
    parameters: z.record(z.string(), parameterSchema),
    requestBodies: z.record(z.string(), bodySchema),
    responses: z.record(z.string(), responseSchema),
    schemas: z.record(z.string(), schemaSchema),
  }),
});

/** The contract's document: the part of OpenAPI 3.1 that this project writes, and nothing else. */
export type ContractDocument = z.infer<typeof documentSchema>;
/** One operation of the document, as it is written. */
export type DocumentOperation = z.infer<typeof operationSchema>;

/** Reads docs/shorterloop.openapi.yaml. Throws for anything that this project has no use for, so that nothing in it is idle. */
export function readDocument(): ContractDocument {
  return documentSchema.parse(parse(readFileSync(FILE, 'utf8')));
}

/** What a reference such as `#/components/schemas/Id` leads to; undefined when it leads nowhere. */
export function follow(document: ContractDocument, ref: string): unknown {
  const names = ref.slice(2).split('/');
  return names.reduce<unknown>(
    (found, name) =>
      typeof found === 'object' && found !== null
        ? Object.entries(found).find(([key]) => key === name)?.[1]
        : undefined,
    document,
  );
}

/** The parameters of an operation, those behind a reference too. Throws for a reference that leads nowhere. */
export function parametersOf(
  document: ContractDocument,
  { parameters }: DocumentOperation,
): z.infer<typeof parameterSchema>[] {
  return parameters.map((one) => ('$ref' in one ? parameterSchema.parse(follow(document, one.$ref)) : one));
}

/** The responses of an operation by status, each with the JSON pointer at which it is written. Throws for a reference that leads nowhere. */
export function responsesOf(document: ContractDocument, pointer: string, { responses }: DocumentOperation) {
  return Object.entries(responses).map(([status, one]) =>
    '$ref' in one
      ? { status, pointer: one.$ref.slice(1), response: responseSchema.parse(follow(document, one.$ref)) }
      : { status, pointer: `${pointer}/responses/${status}`, response: one },
  );
}
