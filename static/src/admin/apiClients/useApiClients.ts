import { useCallback, useState } from 'react';
import type { CreatedApiClient, CreateApiClientInput, ApiClientsView } from '@contract';
import { ask, type PageProblem } from '../../shared/ask';
import { useLoaded, type Loadable } from '../../shared/useLoaded';
import { invoke } from '../api';

/** The API clients, with what an admin can do about them; each answers null when it worked. */
export type ApiClients = Pick<Loadable<ApiClientsView>, 'state' | 'reload'> & {
  /** The API client that was just made: its secret is here and nowhere else. */
  readonly created: CreatedApiClient | null;
  readonly create: (input: CreateApiClientInput) => Promise<PageProblem | null>;
  readonly revoke: (id: string) => Promise<PageProblem | null>;
};

const load = () => invoke('admin.apiClients');

/** Loads the API clients once and keeps what the app says of them. */
export function useApiClients(): ApiClients {
  const { state, reload, keep } = useLoaded<ApiClientsView>(load);
  const [created, setCreated] = useState<CreatedApiClient | null>(null);
  const create = useCallback(
    async (input: CreateApiClientInput) => {
      const asked = await ask<CreatedApiClient>(invoke('admin.createApiClient', input));
      if (asked.kind === 'problem') return asked.problem;
      setCreated(asked.value);
      keep(asked.value.view);
      return null;
    },
    [keep],
  );
  const revoke = useCallback(
    async (id: string) => {
      const asked = await ask<ApiClientsView>(invoke('admin.revokeApiClient', { id }));
      if (asked.kind === 'problem') return asked.problem;
      setCreated((before) => (before?.id === id ? null : before));
      keep(asked.value);
      return null;
    },
    [keep],
  );
  return { state, reload, created, create, revoke };
}
