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
    case 'notConfirmed':
      return { tone: 'warning', title: words.notConfirmed, lines: [notConfirmedLine(entry, who), words.notConfirmedNext], canLookAgain: true };
    case 'refused':
      return { tone: 'error', title: words.refused, lines: refusedLines(entry), canLookAgain: false };
    case 'unknown':
      return { tone: 'warning', title: words.unknown, lines: [unknownLine(entry, who), words.unknownNext], canLookAgain: true };
  }
}

function confirmedLine({ from, to, undoes }: LedgerEntry, who: string): string {
  const words = texts.panel.result;
  if (to === null) return words.removedNow(who, from.name);
  return undoes === null ? words.movedNow(who, to.name) : words.movedBack(who, to.name);
}

function notConfirmedLine({ from, to, members }: LedgerEntry, who: string): string {
  const words = texts.panel.result;
  const reason = members[0]?.reason;
  if (to !== null && reason === 'inBoth') return words.inBoth(who, from.name, to.name);
  if (to !== null && reason === 'inNeither') return words.inNeither(who, from.name, to.name);
  return words.unchanged(who, from.name);
}

function refusedLines({ answer, members }: LedgerEntry): string[] {
  const words = texts.panel.result;
  const refused = members[0]?.reason === 'notSent' ? words.notSent : words.refusedText;
  if (answer === null || answer.cause === null) return [refused];
  const { title, cause, next } = texts.problems.shorterLoop[answer.cause];
  return [refused, `${title}. ${cause}`, next];
}

function unknownLine({ from, to }: LedgerEntry, who: string): string {
  const words = texts.panel.result;
  return to === null ? words.unknownRemove(who, from.name) : words.unknownMove(who, from.name, to.name);
}
