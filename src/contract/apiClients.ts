/** What an API client may ask for. */
export const API_CLIENT_ACTS = ['move', 'remove', 'add', 'get'] as const;
/** One of {@link API_CLIENT_ACTS}. */
export type ApiClientAct = (typeof API_CLIENT_ACTS)[number];

/** An API client as the admin page may see it: never with its secret. Times are milliseconds since the epoch. */
export type ApiClientView = {
  readonly id: string;
  readonly name: string;
  readonly acts: readonly ApiClientAct[];
  readonly createdAtMs: number;
  readonly createdByAccountId: string;
  /** To the minute or so; null before the first call. */
  readonly lastUsedAtMs: number | null;
};

/** Every API client, and the address that all of them call. */
export type ApiClientsView = { readonly url: string; readonly apiClients: readonly ApiClientView[] };

/** A new API client: 1 to 60 characters, at least one act. */
export type CreateApiClientInput = { readonly name: string; readonly acts: readonly ApiClientAct[] };

/** The new API client's secret, told this once. It is sent as `X-Segments-Key: <id>.<secret>`. */
export type CreatedApiClient = { readonly view: ApiClientsView; readonly id: string; readonly secret: string };
