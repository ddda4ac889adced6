import { type AccessSettings, type Result, ok } from '../../../contract';
import { readAccess } from '../../../adapters/store';

/** Who may do what. */
export async function loadAccess(): Promise<Result<AccessSettings>> {
  return ok(await readAccess());
}
