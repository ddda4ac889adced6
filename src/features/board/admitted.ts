import { type BoardAct, type BoardView, type Problem, type WriteKind, ok, err, type Result } from '../../contract';
import { verdicts, type Verdicts } from '../../usecases/access';
import { connect, type Connected } from '../../usecases/connection';
import { readKey, readToChange } from '../../adapters/store';
import type { BoardRequest } from './request';

/** Who may see the board, and what they may do on it. */
export type Opener = { readonly connected: Connected; readonly refusals: BoardView['refusals'] };

/** Who may write on the board; `others` is what stands in the way of writing about people who report nothing there. */
export type Writer = { readonly connected: Connected; readonly others: Problem | null };

/**
 * Lets someone in who may see the board. Nothing is asked of Shorter Loop before Jira has said yes to the user. Jira
 * is asked for the rules alone that the call needs: each permission costs two of the points that all sites share, and
 * a board that opens calls some 14 times.
 */
export async function admit(request: BoardRequest): Promise<Result<Connected>> {
  const judged = await judge(request, []);
  return judged.kind === 'ok' ? ok(judged.value.connected) : judged;
}

/** {@link admit} for a write: lets only those in who may also do the act about reporters of this project. */
export async function admitWriting(request: BoardRequest, act: WriteKind): Promise<Result<Writer>> {
  const judged = await judge(request, [act, 'others']);
  if (judged.kind === 'problem') return judged;
  const { connected, refusals } = judged.value;
  const refused = refusals[act];
  return refused === null ? ok({ connected, others: refusals.others }) : err(refused);
}

/** {@link admit} for a board that opens: asks for all rules at once, and tells what is refused. */
export async function admitOpening(request: BoardRequest): Promise<Result<Opener>> {
  const judged = await judge(request, ['move', 'remove', 'add', 'others']);
  if (judged.kind === 'problem') return judged;
  const { connected, refusals } = judged.value;
  // What can't be read back is not written: whoever sees the board is told so before they try.
  const { refusals: gate } = connected;
  const { move, remove, add, others } = refusals;
  return ok({
    connected,
    refusals: { move: move ?? gate.move, remove: remove ?? gate.remove, add: add ?? gate.add, others },
  });
}

/** What stands in the way of each act; whoever may not see the board is told that alone, and of which project. */
type Judged<A extends BoardAct> = { readonly connected: Connected; readonly refusals: Verdicts<A> };

async function judge<A extends BoardAct>({ projectKey }: BoardRequest, acts: readonly A[]): Promise<Result<Judged<A>>> {
  const [key, { settings, tokenBucket, access, scope }] = await Promise.all([readKey(), readToChange()]);
  const place = { kind: 'project', projectKey } as const;
  const judged = await verdicts<A | 'board'>({ kind: 'user' }, ['board', ...acts], place, { access, scope });
  if (judged.kind === 'problem') return judged;
  const refusals: Verdicts<A | 'board'> = judged.value;
  const unseen: Problem | null = refusals.board;
  if (unseen !== null)
    return err(unseen.code === 'notPermitted' ? { ...unseen, seeing: { kind: 'board', projectKey } } : unseen);
  const connected = connect(settings, key, tokenBucket);
  return connected.kind === 'ok' ? ok({ connected: connected.value, refusals }) : connected;
}
