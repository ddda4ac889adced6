import { STORAGE } from '../rules/storage';

/** The limits of Forge's key-value store, by the rules that say them. */
export const LIMITS = {
  keyLength: STORAGE.keyLength.value,
  valueBytes: STORAGE.valueSize.value,
  secretBytes: STORAGE.secretSize.value,
  depth: STORAGE.valueDepth.value,
  queryRows: STORAGE.queryRows.value,
  defaultQueryRows: STORAGE.defaultQueryRows.value,
  batchKeys: STORAGE.batchKeys.value,
  batchBytes: STORAGE.batchSize.value,
  transactionOperations: STORAGE.transactionOperations.value,
  transactionBytes: STORAGE.transactionSize.value,
  conditions: STORAGE.queryConditions.value,
  ttlMs: STORAGE.ttl.value,
  rangeBytes: STORAGE.rangeSize.value,
  partitionBytes: STORAGE.partitionSize.value,
} as const;

/** A request that the store refuses; becomes the body `{code, message}` of its answer. */
export class KvsRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    // An answer, not a fault: nobody reads where it was made, and under Jest a stack of a hundred frames is dear.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** A refusal of a bad request. */
export function badRequest(code: string, message: string): KvsRefusal {
  return new KvsRefusal(400, code, message);
}

const KEY_PATTERN = /^(?!\s+$)[a-zA-Z0-9:._\s\-#]+$/;

/** Throws a refusal for a key that Forge does not take. */
export function checkKey(key: string): void {
  if (key.length === 0) throw badRequest('KEY_TOO_SHORT', 'A key has at least one character');
  if (key.length > LIMITS.keyLength)
    throw badRequest('KEY_TOO_LONG', `A key has at most ${LIMITS.keyLength} characters, this one has ${key.length}`);
  if (!KEY_PATTERN.test(key)) throw badRequest('INVALID_KEY', `A key matches ${KEY_PATTERN.source}`);
}

/** Throws a refusal for a value that is absent, too large or too deep. */
export function checkValue(value: unknown, maximumBytes: number): void {
  if (value === undefined || value === null) throw badRequest('INVALID_VALUE', 'A value is required, and null is none');
  const bytes = bytesOf(value);
  if (bytes > maximumBytes)
    throw badRequest('MAX_SIZE', `A value has at most ${maximumBytes} bytes, this one has ${bytes}`);
  const depth = depthOf(value);
  if (depth > LIMITS.depth)
    throw badRequest('MAX_DEPTH', `A value is at most ${LIMITS.depth} levels deep, this one is ${depth}`);
}

/** The size of a value as JSON in UTF-8. */
export function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
