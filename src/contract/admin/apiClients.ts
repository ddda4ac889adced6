import type { CreatedApiClient, CreateApiClientInput, ApiClientsView } from '../apiClients';
import type { Answer } from '../panel';

/** The functions of the API clients tab. */
export type ApiClientDefinitions = {
  'admin.apiClients': () => Answer<ApiClientsView>;
  'admin.createApiClient': (input: CreateApiClientInput) => Answer<CreatedApiClient>;
  'admin.revokeApiClient': (input: { readonly id: string }) => Answer<ApiClientsView>;
};
