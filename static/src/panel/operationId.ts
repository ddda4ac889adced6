/** A new operation id, for one action. */
export function newOperationId(): string {
  return crypto.randomUUID();
}
