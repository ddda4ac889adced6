import { createHash } from 'node:crypto';

/** The UUID that follows from these parts, always the same one: version 8, RFC 9562. */
export function derivedUuid(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The operation id of one attempt of a request, counted from 1. */
export function operationIdOf(requestId: string, attempt: number): string {
  return derivedUuid(requestId, String(attempt));
}
