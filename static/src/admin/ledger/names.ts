import { isErased, type CallerNames, type LedgerEntry } from '@contract';
import type { ActorNames } from '../../shared/actorNames';
import { t } from '../../i18n';

/** A person's name as the viewer may see it, or that their account was erased. */
export function nameOf(names: ActorNames, accountId: string): string {
  return isErased(accountId) ? t('admin.ledger.erased') : names(accountId);
}

/** The caller from outside who asked for a write: its name, or that it was revoked, with its id; null where there was none. */
export function callerOf({ callerId }: LedgerEntry, callers: CallerNames): string | null {
  if (callerId === null) return null;
  return callers[callerId] ?? t('admin.ledger.revokedCaller', { id: callerId });
}
