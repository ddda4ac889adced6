/**
 * What is left to the site of its share of Jira's points in the present hour, and how long it takes until
 * the next one begins, in milliseconds.
 * @see https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
 */
export type JiraBudget = { readonly left: number; readonly retryAfterMs: number };

/** What reading a query's issues costs, before it is read. */
export type JiraEstimate = {
  /** About how many issues the query finds. */
  readonly issues: number;
  /** About how many of Jira's points reading the issues costs. */
  readonly points: number;
  /** The same where each issue has another reporter, and each of them has to be asked for their address. */
  readonly mostPoints: number;
  /** How many points this site uses in an hour at most. */
  readonly pointsAnHour: number;
  readonly budget: JiraBudget;
};
