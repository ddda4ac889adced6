import type { AccessSettings, Answer } from '../../../contract';
import { ok } from '../../../usecases/result';
import { readAccess } from '../../../adapters/store';

/** Who may do what. */
export async function loadAccess(): Promise<Answer<AccessSettings>> {
  return ok(await readAccess());
}
