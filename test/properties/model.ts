import type { LedgerEntry } from '../../src/contract';
import type { SegmentState } from '../../sandbox/shorterloop';
import { entryIn, type Played } from './theatre';

/** Who is in which segment, as the ledger tells it: member → segment ids. */
export type Memberships = ReadonlyMap<number, ReadonlySet<number>>;

/** What the ledger says of memberships: where everyone was, and every write that it calls done, in order. */
export function replay(initial: readonly SegmentState[], ledger: readonly LedgerEntry[]): Memberships {
  const memberships = new Map<number, Set<number>>();
  for (const { id, memberIds } of initial) {
    for (const memberId of memberIds) memberships.set(memberId, (memberships.get(memberId) ?? new Set()).add(id));
  }
  for (const { from, to, members } of ledger) {
    for (const { memberId, outcome } of members) {
      if (outcome !== 'confirmed') continue;
      const segments = memberships.get(memberId) ?? new Set();
      if (from !== null) segments.delete(from.id);
      if (to !== null) segments.add(to.id);
      memberships.set(memberId, segments);
    }
  }
  return memberships;
}

/** Every invariant that a played story breaks, one sentence each. */
export function brokenInvariants(played: Played): string[] {
  return [
    ...notAsTold(played),
    ...notExplained(played),
    ...doneTwice(played),
    ...unfinished(played),
    ...played.overlaps.map((write) => `two writes about one member at once: ${write}`),
  ];
}

/** The ledger explains Shorter Loop's data exactly: nobody is lost, and nobody is moved without a trace. */
function notExplained({ site, initial, ledger }: Played): string[] {
  const told = replay(initial, ledger);
  return site.simulator.truth.snapshot().members.flatMap(({ id, segmentIds }) => {
    const expected = [...(told.get(id) ?? [])].sort().join(' ');
    const actual = [...segmentIds].sort().join(' ');
    return expected === actual ? [] : [`member ${id} is in [${actual}], and the ledger says [${expected}]`];
  });
}

/** What a user was told holds: a confirmed write stays confirmed, and a refused one or a problem means that nothing was done. */
function notAsTold({ told, ledger }: Played): string[] {
  return told.flatMap(({ operationId, answer }) => {
    if (answer === null) return [];
    const row = ledger.find((entry) => entry.operationId === operationId);
    const final = row?.members[0]?.outcome;
    const entry = entryIn(answer);
    if (entry !== null) {
      const then = entry.members[0]?.outcome;
      // When storage fails just as a refusal is to be recorded, all that can be found out later is that nothing changed.
      const isUnchanged = then === 'refused' && final === 'notConfirmed' && row?.members[0]?.reason === 'unchanged';
      const mayChange = entry.state === 'undecided' || isUnchanged;
      return then === final || mayChange
        ? []
        : [`told ${String(then)} of ${operationId}, and the ledger ends with ${String(final)}`];
    }
    if (answer.kind === 'ok' || answer.problem.code === 'duplicateRequest') return [];
    // The same click may have been sent by another step as well, which was told what became of it.
    const isShared = told.filter((other) => other.operationId === operationId).length > 1;
    return final === 'confirmed' && !isShared ? [`told ${answer.problem.code} of ${operationId}, and it was done`] : [];
  });
}

function doneTwice({ site, ledger }: Played): string[] {
  const applied = site.simulator.truth.writes().filter((write) => write.applied.length > 0);
  const confirmed = ledger.filter(({ members }) => members.some(({ outcome }) => outcome === 'confirmed'));
  return applied.length > confirmed.length
    ? [`${applied.length} writes were applied, and the ledger knows of ${confirmed.length}`]
    : [];
}

function unfinished({ site, ledger }: Played): string[] {
  const rows = ledger
    .filter(({ state }) => state !== 'finished')
    .map(({ operationId, state }) => `${operationId} is still ${state}`);
  const leases = site.platform.kvs.entity('lease').map(({ key }) => `the lease of member ${key} is left`);
  return [...rows, ...leases];
}
