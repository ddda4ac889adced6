import { formText, type Segment, type Strays, type TestStepResult, type WriteKind } from '@contract';
import { list, t } from '../../../i18n';
import { memberName, segmentsOf } from '../../../shared/people';
import { shorterLoopWords } from '../../../shared/problemText';
import { some } from '../../../shared/tableText';
import { isGood, type StepProgress } from './steps';

/** What came of a step, and what to do where it was not what should be. */
export type StepWords = { readonly seen: readonly string[]; readonly next: string | null };

/** A step that ended, in words: what was sent, what was seen of the person, and what of everybody else. */
export function stepWords(result: TestStepResult, segments: readonly Segment[]): StepWords {
  const { entry, refused, form, leftOthers, joinedOthers, isCompared, uncompared } = result;
  const outcome = entry.members[0]?.outcome ?? null;
  const seen = [
    ...refused.map((tried) => t('admin.connection.test.seen.refusedForm', { form: formText(tried) })),
    t('admin.connection.test.seen.sent', { form: formText(form) }),
    ...(outcome === null || outcome === 'confirmed' ? [] : [outcomeText(result)]),
    ...(leftOthers.length === 0
      ? []
      : [t('admin.connection.test.seen.leftOthers', { segments: namesOf(segments, leftOthers) })]),
    ...(joinedOthers.length === 0
      ? []
      : [t('admin.connection.test.seen.joinedOthers', { segments: namesOf(segments, joinedOthers) })]),
    ...strayTexts(result, segments),
    ...(isCompared ? [] : [t('admin.connection.test.seen.notCompared')]),
    ...(uncompared > 0 ? [t('admin.connection.test.seen.uncompared', { count: uncompared })] : []),
  ];
  return { seen, next: isGood(result) ? null : nextText(result) };
}

function outcomeText({ entry: { answer, members } }: TestStepResult): string {
  const cause = answer?.cause ?? null;
  const told = t(`admin.connection.test.outcomeSeen.${members[0]?.outcome ?? 'unknown'}`);
  return cause === null ? told : `${told} ${shorterLoopWords(cause).title}.`;
}

function strayTexts({ strays, people }: TestStepResult, segments: readonly Segment[]): readonly string[] {
  if (strays === null) return [];
  const name = (memberId: number) =>
    memberName(people.find(({ id }) => id === memberId) ?? { id: memberId, name: null });
  const text = (who: Strays['missing'], key: 'missing' | 'joined') =>
    [...new Set(who.map(({ segmentId }) => segmentId))].map((segmentId) => {
      const there = who.filter((stray) => stray.segmentId === segmentId);
      return t(`admin.connection.test.seen.${key}`, {
        count: there.length,
        names: some(there.map(({ memberId }) => name(memberId))),
        segment: namesOf(segments, [segmentId]),
      });
    });
  return [...text(strays.missing, 'missing'), ...text(strays.joined, 'joined')];
}

/** What an admin can do about a step that did not do what it should. */
function nextText(result: TestStepResult): string {
  const { strays, leftOthers, joinedOthers, isCompared, entry } = result;
  if (strays !== null) return t('admin.connection.test.next.others');
  if (leftOthers.length > 0 || joinedOthers.length > 0) return t('admin.connection.test.next.memberships');
  if (!isCompared) return t('admin.connection.test.next.notCompared');
  const outcome = entry.members[0]?.outcome ?? 'unknown';
  return t(`admin.connection.test.next.${outcome === 'confirmed' ? 'unknown' : outcome}`);
}

/** What was seen of everybody else: of a segment that could not be compared nothing is claimed. */
export function othersText(steps: readonly StepProgress[]): string {
  const uncompared = steps.map((progress) => (progress.state === 'ended' ? progress.result.uncompared : 0));
  const count = Math.max(0, ...uncompared);
  return count === 0 ? t('admin.connection.test.provenNext') : t('admin.connection.test.provenAsFarAs', { count });
}

/** The kinds of writes that the steps proved, in their order. */
export function provenKinds(steps: readonly StepProgress[]): readonly WriteKind[] {
  return steps.flatMap((progress) =>
    progress.state === 'ended' && progress.result.proves !== null ? [progress.result.proves] : [],
  );
}

/** Names of segments in one text. */
export function namesOf(segments: readonly Segment[], ids: readonly number[]): string {
  return list(segmentsOf(segments, ids).map(({ name }) => name));
}
