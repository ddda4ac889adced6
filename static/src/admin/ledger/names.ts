import { isErased } from '../../../../src/contract';
import type { ActorNames } from '../../shared/actorNames';
import { t } from '../../i18n';

/** A person's name as the viewer may see it, or that their account was erased. */
export function nameOf(names: ActorNames, accountId: string): string {
  return isErased(accountId) ? t('admin.ledger.erased') : names(accountId);
}
