import type { AccessSettings, Answer } from '../../contract';
import { ok } from '../../flow';
import { readAccess } from '../../store';

/** Who may do what. */
export async function loadAccess(): Promise<Answer<AccessSettings>> {
  return ok(await readAccess());
}
