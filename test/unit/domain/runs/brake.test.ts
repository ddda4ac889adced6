import { brakeOf, withDecided, type DecidedResult, type Streak } from '../../../../src/domain/runs';

const wrong = (place: number, facts: Partial<DecidedResult> = {}): DecidedResult => ({
  at: { group: 1, place },
  result: 'notConfirmed',
  reason: 'inBoth',
  claim: 'accepted',
  ...facts,
});
const after = (...decided: readonly DecidedResult[]): Streak | null =>
  decided.reduce<Streak | null>((streak, one) => withDecided(streak, one), null);

describe('the brake of a run', () => {
  it('acts after five people with whom the very same went wrong', () => {
    const four = [1, 2, 3, 4].map((place) => wrong(place));
    expect(brakeOf(after(...four))).toBeNull();
    const expected = { result: 'notConfirmed', reason: 'inBoth', claim: 'accepted', people: 5 };
    expect(brakeOf(after(...four, wrong(5)))).toEqual(expected);
    expect(brakeOf(after(...four, wrong(5), wrong(6)))).toEqual(expected);
  });

  it.each<[string, Partial<DecidedResult>]>([
    ['result', { result: 'refused' }],
    ['reason', { reason: 'inNeither' }],
    ['claim', { claim: 'silent' }],
  ])('begins anew with another %s', (_what, facts) => {
    const others = [1, 2, 3, 4].map((place) => wrong(place));
    expect(after(...others, wrong(5, facts))?.places).toEqual([{ group: 1, place: 5 }]);
  });

  it('forgets what went wrong once something is confirmed', () => {
    const four = [1, 2, 3, 4].map((place) => wrong(place));
    expect(after(...four, wrong(5, { result: 'confirmed', reason: 'readBackAgrees' }))).toBeNull();
  });

  it('counts people and not writes: one who is tried again is one, and places of two groups are two', () => {
    expect(after(wrong(1), wrong(1), wrong(1))?.places).toHaveLength(1);
    expect(after(wrong(1), wrong(2), wrong(1), wrong(2))?.places).toHaveLength(2);
    expect(after(wrong(1), wrong(1, { at: { group: 2, place: 1 } }))?.places).toHaveLength(2);
  });
});
