import { isErased, type ApiClientNames, type LedgerRecord } from '@contract';
import type { ActorNames } from '../../shared/actorNames';
import { t } from '../../i18n';

/** A person's name as the viewer may see it, that their account was erased, or the app where it was nobody. */
export function nameOf(names: ActorNames, accountId: string | null): string {
  if (accountId === null) return t('admin.ledger.app');
  return isErased(accountId) ? t('admin.ledger.erased') : names(accountId);
}

/** The API client who asked for a write: its name, or that it was revoked, with its id; null where there was none. */
export function apiClientNameOf({ apiClientId }: LedgerRecord, apiClients: ApiClientNames): string | null {
  if (apiClientId === null) return null;
  return apiClients[apiClientId] ?? t('admin.ledger.revokedCaller', { id: apiClientId });
}
