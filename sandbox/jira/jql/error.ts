/** What Jira tells the user of a query that it does not take. */
export class JqlError extends Error {
  override readonly name = 'JqlError';
}
