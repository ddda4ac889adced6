import { type Act, type Problem, ok, err, type Result } from '../../contract';
import { verdicts, type Verdicts } from '../../usecases/access';
import { connect, type Connected } from '../../usecases/connection';
import { readKey, readToChange } from '../../adapters/store';
import type { BoardRequest } from './request';

/** Who may see the board, and what they may do on it. */
export type Opener = {
  readonly connected: Connected;
  readonly refusals: Readonly<Record<'move' | 'remove', Problem | null>>;
};

/**
 * Lets someone in who may see the board, and for `act` only who may also do it. Nothing is asked of
 * Shorter Loop before Jira has said yes to the user. Jira is asked for the rules alone that the call needs:
 * each permission costs two of the points that all sites share, and a board that opens calls some 14 times.
 */
export async function admit(request: BoardRequest, act: 'see' | 'move' | 'remove'): Promise<Result<Connected>> {
  const judged = await judge(request, act === 'see' ? [] : [act]);
  if (judged.kind === 'problem') return judged;
  const { connected, refusals } = judged.value;
  const refused = act === 'see' ? null : refusals[act];
  return refused === null ? ok(connected) : err(refused);
}

/** {@link admit} for a board that opens: asks for all rules at once, and tells what is refused. */
export async function admitOpening(request: BoardRequest): Promise<Result<Opener>> {
  const judged = await judge(request, ['move', 'remove']);
  if (judged.kind === 'problem') return judged;
  const { connected, refusals } = judged.value;
  // What can't be read back is not written: whoever sees the board is told so before they try.
  const unproven: Problem | null = connected.writes === null ? { code: 'notProven' } : null;
  return ok({ connected, refusals: { move: refusals.move ?? unproven, remove: refusals.remove ?? unproven } });
}

/** What stands in the way of each act; whoever may not see the board is told that alone. */
type Judged = { readonly connected: Connected; readonly refusals: Verdicts<Act> };

async function judge({ projectKey }: BoardRequest, acts: readonly Act[]): Promise<Result<Judged>> {
  const [key, { settings, tokenBucket, access, scope }] = await Promise.all([readKey(), readToChange()]);
  const place = { kind: 'project', projectKey } as const;
  const refusals = await verdicts({ kind: 'user' }, ['board', ...acts], place, { access, scope });
  if (refusals.kind === 'problem') return refusals;
  const refused = refusals.value.board;
  if (refused !== null) return err(refused);
  const connected = connect(settings, key, tokenBucket);
  return connected.kind === 'ok' ? ok({ connected: connected.value, refusals: refusals.value }) : connected;
}
