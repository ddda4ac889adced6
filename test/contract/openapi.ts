import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import { parametersOf, readDocument, responsesOf, type ContractDocument } from './document';
import type { Schema } from './schema';

/** One operation of the contract. */
export type Operation = {
  readonly operationId: string;
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** As in the contract, with the names of its parameters in braces. */
  readonly path: string;
  /** Whether the public page shows method and path together. */
  readonly documented: boolean;
  /** The names of its parameters, those of the path and those of the header. */
  readonly parameters: { readonly path: readonly string[]; readonly header: readonly string[] };
  /** The statuses that it may answer, as the contract writes them: `200`, `404`, `5XX`. */
  readonly statuses: readonly string[];
  /** The examples of its answer under status 200. */
  readonly examples: readonly unknown[];
  /** The schema of its answer under status 200. */
  readonly answer: Schema;
};

/** Where an answer differs from the contract: a JSON pointer into its body, or `status`, and what is expected there, never the value that is. */
export type Difference = { readonly at: string; readonly expected: string };

/** The contract with Shorter Loop, read from docs/shorterloop.openapi.yaml. */
export type Contract = {
  readonly document: ContractDocument;
  readonly operations: readonly Operation[];
  /** The operation of that name. Throws when the contract does not have it. */
  readonly operation: (operationId: string) => Operation;
  /** Every way in which an answer differs. Throws for an operation that the contract does not have. */
  readonly differences: (operationId: string, status: number, body: unknown) => Difference[];
  /** Whether what a write sends is as the contract has it; without a name, the ids of members. */
  readonly isRequest: (body: unknown, name?: string) => boolean;
};

const METHODS = { get: 'GET', put: 'PUT', post: 'POST', delete: 'DELETE' } as const;
const VERBS = ['get', 'put', 'post', 'delete'] as const;

/** Reads and compiles the contract. Throws when it is no OpenAPI 3.1 document as this project writes them. */
export function readContract(): Contract {
  const document = readDocument();
  // A type in a list, such as string or null, is how 3.1 writes it.
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  ajv.addVocabulary(['openapi', 'info', 'servers', 'security', 'paths', 'components']);
  ajv.addSchema({ $id: 'contract', ...document });
  const compile = (pointer: string): ValidateFunction =>
    ajv.compile({ $ref: `contract#${pointer}/content/application~1json/schema` });

  const operations = new Map<string, Operation>();
  // Null where the contract leaves the body open.
  const checks = new Map<string, ValidateFunction | null>();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const verb of VERBS) {
      const written = methods[verb];
      if (written === undefined) continue;
      const { operationId } = written;
      if (operations.has(operationId)) throw new Error(`The contract has two operations ${operationId}`);
      const responses = responsesOf(document, `/paths/${escaped(path)}/${verb}`, written);
      const media = responses.find(({ status }) => status === '200')?.response.content?.['application/json'];
      if (media === undefined) throw new Error(`The contract's ${operationId} has no answer under status 200`);
      const named = (place: 'path' | 'header'): string[] =>
        parametersOf(document, written).flatMap((one) => (one.in === place ? [one.name] : []));
      operations.set(operationId, {
        operationId,
        method: METHODS[verb],
        path,
        documented: written['x-documented'],
        parameters: { path: named('path'), header: named('header') },
        statuses: responses.map(({ status }) => status),
        examples: [
          ...(media.example === undefined ? [] : [media.example]),
          ...Object.values(media.examples ?? {}).map(({ value }) => value),
        ],
        answer: media.schema,
      });
      for (const { status, pointer, response } of responses)
        checks.set(`${operationId} ${status}`, response.content === undefined ? null : compile(pointer));
    }
  }
  const requests = new Map(
    Object.keys(document.components.requestBodies).map((name) => [name, compile(`/components/requestBodies/${name}`)]),
  );
  const operation = (operationId: string): Operation => {
    const found = operations.get(operationId);
    if (found === undefined) throw new Error(`The contract has no operation ${operationId}`);
    return found;
  };
  return {
    document,
    operations: [...operations.values()],
    operation,
    differences(operationId, status, body) {
      const { statuses } = operation(operationId);
      const known = [String(status), `${Math.floor(status / 100)}XX`].find((one) => statuses.includes(one));
      if (known === undefined) return [{ at: 'status', expected: `one of ${statuses.join(', ')}` }];
      const check = checks.get(`${operationId} ${known}`) ?? null;
      if (check === null || check(body)) return [];
      return (check.errors ?? []).map(({ instancePath, message }) => ({
        at: instancePath === '' ? '/' : instancePath,
        expected: message ?? 'another value',
      }));
    },
    isRequest: (body, name = 'Users') => requests.get(name)?.(body) ?? false,
  };
}

function escaped(path: string): string {
  return encodeURIComponent(path.replaceAll('~', '~0').replaceAll('/', '~1'));
}
