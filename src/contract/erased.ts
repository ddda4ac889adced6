/** What stands in place of the account id of someone whose account was closed. */
export const ERASED = 'erased';

/** Whether a mark stands where an account id stood. */
export function isErased(accountId: string): boolean {
  return accountId === ERASED || accountId.startsWith(`${ERASED}:`);
}
