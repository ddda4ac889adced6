import { ok, type Result } from '../../contract';
import { readFieldId } from '../../adapters/jira';
import { readKnownFieldId, writeKnownFieldId } from '../../adapters/store';
import { fromJira } from '../result';

/** The field's id, as it is kept or asked for; null where Jira knows no such field. Throws as storage does. */
export async function fieldIdOfSite(): Promise<Result<string | null>> {
  const known = await readKnownFieldId();
  if (known !== null) return ok(known);
  const asked = fromJira(await readFieldId());
  if (asked.kind === 'ok' && asked.value !== null) await writeKnownFieldId(asked.value);
  return asked;
}
