import { isAccepted, type WriteResult } from '@contract';
import { shorterLoopWords } from '../shared/problemText';
import { strayLines } from '../shared/strayLines';
import type { Tone } from '../shared/tone';
import { t } from '../i18n';

type Entry = WriteResult['entry'];

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
export function resultText(entry: Entry, who: string): ResultWords {
  const said = outcomeWords(entry, who);
  const beside = strayLines(entry.strays, who);
  if (beside.length === 0) return said;
  // Whatever became of the write itself: that others were changed is not to be overlooked.
  const title = said.tone === 'success' ? t('panel.result.confirmedBeside') : said.title;
  const tone = said.tone === 'success' ? 'warning' : said.tone;
  return { ...said, tone, title, lines: [...said.lines, ...beside, t('people.strays.next')] };
}

function outcomeWords(entry: Entry, who: string): ResultWords {
  switch (entry.members[0]?.outcome ?? 'unknown') {
    case 'confirmed':
      return {
        tone: 'success',
        title: t('panel.result.confirmed'),
        lines: [confirmedLine(entry, who)],
        canLookAgain: false,
      };
    case 'notConfirmed':
      return { tone: 'warning', ...notConfirmedWords(entry, who), canLookAgain: true };
    case 'refused':
      if (entry.state === 'undecided')
        return { tone: 'warning', title: t('panel.result.refusedForNow'), lines: openLines(entry), canLookAgain: true };
      return { tone: 'error', title: t('panel.result.refused'), lines: refusedLines(entry), canLookAgain: false };
    case 'unknown':
      return {
        tone: 'warning',
        title: t('panel.result.unknown'),
        lines: [
          unknownLine(entry, who),
          t('panel.result.unknownNext'),
          ...(entry.state === 'undecided' ? [t('panel.result.undecidedNext')] : []),
        ],
        canLookAgain: true,
      };
  }
}

/** A reading contradicts the write, for now or for good. */
function notConfirmedWords(entry: Entry, who: string): Pick<ResultWords, 'title' | 'lines'> {
  const line = notConfirmedLine(entry, who);
  if (isAccepted(entry)) return { title: t('panel.result.accepted'), lines: [line, t('panel.result.acceptedNext')] };
  const next = entry.state === 'undecided' ? t('panel.result.undecidedNext') : t('panel.result.notConfirmedNext');
  return { title: t('panel.result.notConfirmed'), lines: [line, next] };
}

function confirmedLine(entry: Entry, who: string): string {
  if (entry.kind === 'remove') return t('panel.result.removedNow', { who, from: entry.from.name });
  return entry.undoes === null
    ? t('panel.result.movedNow', { who, to: entry.to.name })
    : t('panel.result.movedBack', { who, to: entry.to.name });
}

function notConfirmedLine(entry: Entry, who: string): string {
  const reason = entry.members[0]?.reason;
  if (entry.kind === 'add') return t('panel.result.notYet', { who, to: entry.to.name });
  if (entry.kind === 'move' && reason === 'inBoth')
    return t('panel.result.inBoth', { who, from: entry.from.name, to: entry.to.name });
  if (entry.kind === 'move' && reason === 'inNeither')
    return t('panel.result.inNeither', { who, from: entry.from.name, to: entry.to.name });
  return t('panel.result.unchanged', { who, from: entry.from.name });
}

/** Shorter Loop has said no in an answer of success, which does not say that nothing is done. */
function openLines({ answer }: Entry): string[] {
  const said = t('panel.result.mayStillBeDone');
  const { title, cause } = shorterLoopWords(answer?.cause ?? 'invalid');
  return [said, t('panel.result.because', { title, cause }), t('panel.result.undecidedNext')];
}

function refusedLines({ answer, members }: Entry): string[] {
  const refused = members[0]?.reason === 'notSent' ? t('panel.result.notSent') : t('panel.result.refusedText');
  if (answer === null || answer.cause === null) return [refused];
  const { title, cause, next } = shorterLoopWords(answer.cause);
  return [refused, t('panel.result.because', { title, cause }), next];
}

function unknownLine(entry: Entry, who: string): string {
  switch (entry.kind) {
    case 'move':
      return t('panel.result.unknownMove', { who, from: entry.from.name, to: entry.to.name });
    case 'remove':
      return t('panel.result.unknownRemove', { who, from: entry.from.name });
    case 'add':
      return t('panel.result.unknownAdd', { who, to: entry.to.name });
  }
}
