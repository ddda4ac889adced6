import type { ActorNames } from '../../shared/actorNames';
import { t } from '../../i18n';

/** What stands in the ledger in place of the id of someone whose account was closed. */
const ERASED = 'erased';

/** A person's name as the viewer may see it, or that their account was erased. */
export function nameOf(names: ActorNames, accountId: string): string {
  return accountId === ERASED ? t('admin.ledger.erased') : names(accountId);
}
