/** One request to Jira's REST API, as the platform passes it on for an app. */
export type JiraRestRequest = {
  /** Whose permissions apply: the person's, the app's, or nobody's. */
  readonly as: 'user' | 'app' | 'none';
  /** The person, when `as` is `user`. */
  readonly accountId: string | null;
  readonly method: string;
  /** Path with query: `/rest/api/3/issue/10001?fields=reporter`. */
  readonly path: string;
  readonly body: string | null;
  /** The scopes that the app's manifest asks for. */
  readonly scopes: readonly string[];
};

/** Jira's answer, headers in lower case. */
export type JiraRestAnswer = {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
};

/** A Jira that answers the REST requests of an app. */
export type JiraRest = (request: JiraRestRequest) => Promise<JiraRestAnswer>;
