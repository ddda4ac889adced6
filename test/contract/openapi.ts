import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import { parse } from 'yaml';
import { z } from 'zod';

const FILE = path.join(__dirname, '../../docs/shorterloop.openapi.yaml');
const METHODS = ['get', 'put', 'post'] as const;

const mediaSchema = z.object({ schema: z.object({}).loose(), example: z.unknown().optional(), examples: z.record(z.string(), z.object({ value: z.unknown() })).optional() });
const contentSchema = z.object({ content: z.object({ 'application/json': mediaSchema }) });
const refSchema = z.object({ $ref: z.string() });
const operationSchema = z.object({
  operationId: z.string(),
  'x-documented': z.boolean(),
  summary: z.string().min(20),
  requestBody: refSchema.optional(),
  responses: z.object({ '200': contentSchema, default: refSchema }),
});
const documentSchema = z.object({
  openapi: z.literal('3.1.0'),
  info: z.object({ title: z.string(), version: z.string() }),
  servers: z.array(z.object({ url: z.url() })).min(1),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(METHODS), operationSchema)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()), responses: z.object({ Refusal: contentSchema }), requestBodies: z.object({ Users: contentSchema }) }),
});

/** One operation of the contract. */
export type Operation = {
  readonly operationId: string;
  readonly method: 'GET' | 'PUT' | 'POST';
  /** As in the contract, with the names of its parameters in braces. */
  readonly path: string;
  readonly documented: boolean;
  /** The examples of its answer under status 200. */
  readonly examples: readonly unknown[];
};

/** Where an answer differs from the contract: a JSON pointer and what is expected there, never the value that is. */
export type Difference = { readonly at: string; readonly expected: string };

/** The contract with Shorter Loop, read from docs/shorterloop.openapi.yaml. */
export type Contract = {
  readonly document: z.infer<typeof documentSchema>;
  readonly operations: readonly Operation[];
  /** Every way in which an answer differs. Throws for an operation that the contract does not have. */
  readonly differences: (operationId: string, status: number, body: unknown) => Difference[];
  /** Whether a request's body is as the contract has it. */
  readonly isRequest: (body: unknown) => boolean;
};

/** Reads and compiles the contract. Throws when it is no OpenAPI 3.1 document as this project writes them. */
export function readContract(): Contract {
  const text: unknown = parse(readFileSync(FILE, 'utf8'));
  const document = documentSchema.parse(text);
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  ajv.addSchema({ $id: 'contract', ...z.looseObject({}).parse(text) });
  const compile = (pointer: string): ValidateFunction => ajv.compile({ $ref: `contract#${pointer}` });
  const operations: Operation[] = [];
  const answers = new Map<string, ValidateFunction>();
  for (const [route, methods] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = methods[method];
      if (operation === undefined) continue;
      const media = operation.responses['200'].content['application/json'];
      const examples = [...(media.example === undefined ? [] : [media.example]), ...Object.values(media.examples ?? {}).map(({ value }) => value)];
      operations.push({ operationId: operation.operationId, method: upper(method), path: route, documented: operation['x-documented'], examples });
      answers.set(operation.operationId, compile(`/paths/${escaped(route)}/${method}/responses/200/content/application~1json/schema`));
    }
  }
  const refusal = compile('/components/schemas/Refusal');
  const request = compile('/components/requestBodies/Users/content/application~1json/schema');
  return {
    document,
    operations,
    differences: (operationId, status, body) => {
      const answer = answers.get(operationId);
      if (answer === undefined) throw new Error(`The contract has no operation ${operationId}`);
      const check = status === 200 ? answer : refusal;
      check(body);
      return (check.errors ?? []).map(({ instancePath, message }) => ({ at: instancePath === '' ? '/' : instancePath, expected: message ?? 'another value' }));
    },
    isRequest: (body) => request(body),
  };
}

function upper(method: (typeof METHODS)[number]): Operation['method'] {
  return ({ get: 'GET', put: 'PUT', post: 'POST' } as const)[method];
}

function escaped(route: string): string {
  return encodeURIComponent(route.replaceAll('~', '~0').replaceAll('/', '~1'));
}
