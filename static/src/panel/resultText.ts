import type { LedgerEntry } from '../../../src/contract';
import type { Tone } from '../shared/tone';
import { texts } from '../texts';

/** A finished write in words. `canLookAgain` when reading once more may tell more. */
export type ResultWords = {
  readonly tone: Tone;
  readonly title: string;
  readonly lines: readonly string[];
  readonly canLookAgain: boolean;
};

/**
 * Puts the outcome of a write about one member into words.
 * Only a confirmed outcome says where the member is as a result; every other one says what is known.
 * @param who the member's name
 */
export function resultText(entry: LedgerEntry, who: string): ResultWords {
  const words = texts.panel.result;
  switch (entry.members[0]?.outcome ?? 'unknown') {
    case 'confirmed':
      return { tone: 'success', title: words.confirmed, lines: [confirmedLine(entry, who)], canLookAgain: false };
    case 'notConfirmed': {
      const next = entry.state === 'undecided' ? words.undecidedNext : words.notConfirmedNext;
      return { tone: 'warning', title: words.notConfirmed, lines: [notConfirmedLine(entry, who), next], canLookAgain: true };
    }
    case 'refused':
      return { tone: 'error', title: words.refused, lines: refusedLines(entry), canLookAgain: false };
    case 'unknown':
      return { tone: 'warning', title: words.unknown, lines: [unknownLine(entry, who), words.unknownNext, ...(entry.state === 'undecided' ? [words.undecidedNext] : [])], canLookAgain: true };
  }
}

function confirmedLine(entry: LedgerEntry, who: string): string {
  const words = texts.panel.result;
  if (entry.kind === 'remove') return words.removedNow(who, entry.from.name);
  return entry.undoes === null ? words.movedNow(who, entry.to.name) : words.movedBack(who, entry.to.name);
}

function notConfirmedLine(entry: LedgerEntry, who: string): string {
  const words = texts.panel.result;
  const reason = entry.members[0]?.reason;
  if (entry.kind === 'add') return words.notYet(who, entry.to.name);
  if (entry.kind === 'move' && reason === 'inBoth') return words.inBoth(who, entry.from.name, entry.to.name);
  if (entry.kind === 'move' && reason === 'inNeither') return words.inNeither(who, entry.from.name, entry.to.name);
  return words.unchanged(who, entry.from.name);
}

function refusedLines({ answer, members }: LedgerEntry): string[] {
  const words = texts.panel.result;
  const refused = members[0]?.reason === 'notSent' ? words.notSent : words.refusedText;
  if (answer === null || answer.cause === null) return [refused];
  const { title, cause, next } = texts.problems.shorterLoop[answer.cause];
  return [refused, `${title}. ${cause}`, next];
}

function unknownLine(entry: LedgerEntry, who: string): string {
  const words = texts.panel.result;
  switch (entry.kind) {
    case 'move':
      return words.unknownMove(who, entry.from.name, entry.to.name);
    case 'remove':
      return words.unknownRemove(who, entry.from.name);
    case 'add':
      return words.unknownAdd(who, entry.to.name);
  }
}
