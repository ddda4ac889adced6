import { isErased, type ApiClientNames, type LedgerEntry } from '@contract';
import type { ActorNames } from '../../shared/actorNames';
import { t } from '../../i18n';

/** A person's name as the viewer may see it, or that their account was erased. */
export function nameOf(names: ActorNames, accountId: string): string {
  return isErased(accountId) ? t('admin.ledger.erased') : names(accountId);
}

/** The API client who asked for a write: its name, or that it was revoked, with its id; null where there was none. */
export function apiClientNameOf({ apiClientId }: LedgerEntry, apiClients: ApiClientNames): string | null {
  if (apiClientId === null) return null;
  return apiClients[apiClientId] ?? t('admin.ledger.revokedCaller', { id: apiClientId });
}
