/**
 * What is left to the site of its share of Jira's points in the present hour, and how long it takes until
 * the next one begins, in milliseconds.
 * @see https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
 */
export type JiraBudget = { readonly left: number; readonly retryAfterMs: number };
