import type { CreatedApiClient, CreateApiClientInput, ApiClientsView } from '../apiClients';
import type { Result } from '../result';

/** The functions of the API clients tab. */
export type ApiClientDefinitions = {
  'admin.apiClients': () => Result<ApiClientsView>;
  'admin.createApiClient': (input: CreateApiClientInput) => Result<CreatedApiClient>;
  'admin.revokeApiClient': (input: { readonly id: string }) => Result<ApiClientsView>;
};
