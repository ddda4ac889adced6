import { ok, type Result } from '../../contract';
import { readDirectory } from '../../adapters/store';
import { openConnection, type Connected } from '../connection';
import { readMemberIndex, type MemberIndex } from './memberIndex';

/** What many people are looked up in, and the way to Shorter Loop that it came by. */
export type OpenIndex = { readonly index: MemberIndex; readonly connected: Connected };

/** Finds what many people are looked up in. Throws ForgeKvsError when storage fails. */
export async function openIndex(limits?: Parameters<typeof openConnection>[0]): Promise<Result<OpenIndex>> {
  const [connected, directoryMeta] = await Promise.all([openConnection(limits), readDirectory()]);
  if (connected.kind === 'problem') return connected;
  const index = await readMemberIndex(connected.value, directoryMeta);
  return index.kind === 'ok' ? ok({ index: index.value, connected: connected.value }) : index;
}
