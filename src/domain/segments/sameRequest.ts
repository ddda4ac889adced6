import type { LedgerEntry, WriteEnds, WriteKind } from '../../contract';
import type { SegmentChoice, WriteIntent } from './intent';

/** The ends that a request names; undefined where it leaves one to be found out. */
export type NamedEnds = {
  readonly kind: WriteKind;
  readonly fromId: number | null | undefined;
  readonly toId: number | null | undefined;
};

/** What makes a request this one and no other. */
export type RequestIdentity = Pick<
  LedgerEntry,
  'entryPoint' | 'actorAccountId' | 'apiClientId' | 'runId' | 'undoes' | 'requestDigest'
> & {
  /** Undefined where the member is not known yet. */
  readonly memberId: number | undefined;
  readonly ends: NamedEnds;
};

/**
 * Whether the row that an operation id has is of this very request. That an id is taken says only that somebody used
 * it: whoever knows or guesses the id of a write to come could use it up, and the real write would be told that it
 * was carried out.
 */
export function isSameRequest(entry: LedgerEntry, request: RequestIdentity): boolean {
  return (
    entry.entryPoint === request.entryPoint &&
    entry.apiClientId === request.apiClientId &&
    entry.runId === request.runId &&
    // Who goes on with a run may be someone else than who began it: the run itself says whose write it is.
    (request.runId !== null || entry.actorAccountId === request.actorAccountId) &&
    entry.undoes === request.undoes &&
    entry.requestDigest === request.requestDigest &&
    (request.memberId === undefined || entry.members.some(({ memberId }) => memberId === request.memberId)) &&
    entry.kind === request.ends.kind &&
    isAt(entry.from?.id ?? null, request.ends.fromId) &&
    isAt(entry.to?.id ?? null, request.ends.toId)
  );
}

/** The identity of the request that this row is to be of. */
export function identityOf(intended: LedgerEntry): RequestIdentity {
  return { ...intended, memberId: intended.members[0]?.memberId, ends: endsNamedBy(intended) };
}

/** The ends of a planned write. */
export function endsNamedBy({ kind, from, to }: WriteEnds): NamedEnds {
  return { kind, fromId: from?.id ?? null, toId: to?.id ?? null };
}

/** The ends that an intent names by their ids. */
export function endsOfIntent(intent: WriteIntent): NamedEnds {
  switch (intent.kind) {
    case 'move':
      return { kind: 'move', fromId: idOf(intent.from), toId: idOf(intent.to) };
    case 'remove':
      return { kind: 'remove', fromId: idOf(intent.from), toId: null };
    case 'add':
      return { kind: 'add', fromId: null, toId: idOf(intent.to) };
    case 'undo': {
      const { from, to } = intent.undone;
      return { kind: 'move', fromId: to?.id ?? null, toId: from?.id ?? null };
    }
  }
}

function idOf(choice: SegmentChoice): number | undefined {
  return choice.by === 'id' ? choice.id : undefined;
}

function isAt(segmentId: number | null, named: number | null | undefined): boolean {
  return named === undefined || named === segmentId;
}
