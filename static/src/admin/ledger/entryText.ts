import { isAccepted, type EntryPoint, type LedgerKind, type LedgerOutcome, type LedgerRecord } from '@contract';
import type { StatusTone } from '../../shared/tone';
import { memberName } from '../../shared/people';
import { shorterLoopWords } from '../../shared/problemText';
import { t } from '../../i18n';

/** What became of a write: its outcome, or that it has none for good yet. */
export function outcomeOf({ state, members: [member] }: LedgerRecord): LedgerOutcome {
  return state === 'finished' ? (member?.outcome ?? 'unknown') : 'unfinished';
}

/** The colour of an outcome. */
export const OUTCOME_TONES: Readonly<Record<LedgerOutcome, StatusTone>> = {
  confirmed: 'success',
  notConfirmed: 'warning',
  refused: 'danger',
  unknown: 'warning',
  unfinished: 'neutral',
};

/**
 * Who asked for what, in a sentence.
 * @param by the name of who asked
 * @param reporter the name of the reporter whom it is about
 */
export function sentenceOf(entry: LedgerRecord, by: string, reporter: string): string {
  const member = memberName({ id: entry.members[0]?.memberId ?? 0, name: null });
  switch (entry.kind) {
    case 'move':
      return t(entry.undoes === null ? 'admin.ledger.sentence.move' : 'admin.ledger.sentence.undo', {
        by,
        member,
        from: entry.from.name,
        to: entry.to.name,
      });
    case 'remove':
      return t('admin.ledger.sentence.remove', { by, member, from: entry.from.name });
    case 'add':
      return t('admin.ledger.sentence.add', { by, member, to: entry.to.name });
    case 'link':
      return t(`admin.ledger.sentence.link.${entry.how}`, { by, member, reporter });
    case 'unlink':
      return t('admin.ledger.sentence.unlink', { by, member, reporter });
  }
}

/** Why it has the outcome that it has, and what to do: sentences in order. */
export function explanationOf(entry: LedgerRecord): string[] {
  if (isAboutLink(entry)) return [t('admin.ledger.why.link')];
  if (isAccepted(entry)) return [t('admin.ledger.why.accepted'), t('admin.ledger.next.wait')];
  if (entry.state !== 'finished') return [t(`admin.ledger.why.${entry.state}`), t('admin.ledger.next.wait')];
  const reason = entry.members[0]?.reason ?? 'notReadable';
  const cause = entry.answer?.cause ?? null;
  return [
    t(`admin.ledger.why.${reason}`),
    ...(cause === null ? [] : [`${shorterLoopWords(cause).title}.`]),
    nextStep(reason),
  ];
}

/** Whether it is about a link, which Shorter Loop knows nothing of. */
export function isAboutLink({ kind }: LedgerRecord): boolean {
  return kind === 'link' || kind === 'unlink';
}

function nextStep(reason: NonNullable<LedgerRecord['members'][number]['reason']>): string {
  switch (reason) {
    case 'readBackAgrees':
      return t('admin.ledger.next.confirmed');
    case 'saidNo':
    case 'notSent':
      return t('admin.ledger.next.refused');
    case 'unchanged':
    case 'inBoth':
    case 'inNeither':
    case 'notReadable':
      return t(`admin.ledger.next.${reason}`);
  }
}

/** An outcome by its name. */
export function outcomeText(outcome: LedgerOutcome): string {
  return t(`admin.ledger.outcomes.${outcome}`);
}

/** An entry point by its name. */
export function entryPointText(entryPoint: EntryPoint): string {
  return t(`admin.ledger.entryPoints.${entryPoint}`);
}

/** What was done, by its name. */
export function kindText(kind: LedgerKind): string {
  return t(`admin.ledger.kinds.${kind}`);
}
