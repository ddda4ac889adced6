import {
  compareTest,
  decodeBaseline,
  encodeBaseline,
  isClean,
  isHarmful,
  isUntouched,
  baselineOf,
  type StepEnds,
} from '../../../../src/domain/writeTest';
import type { SegmentMembers } from '../../../../src/domain/segments';

const PERSON = 1;
const move: StepEnds = { kind: 'move', fromId: 10, toId: 20 };
const remove: StepEnds = { kind: 'remove', fromId: 10, toId: null };

/** Segments by id with who is in them. */
function segments(who: Readonly<Record<number, readonly number[]>>): SegmentMembers[] {
  return Object.entries(who).map(([id, members]) => ({
    id: Number(id),
    name: `Segment ${id}`,
    members: members.map((member) => ({ id: member })),
  }));
}

const start = segments({ 10: [1, 2, 3], 20: [4], 30: [1, 5], 40: [6] });
const before = baselineOf(PERSON, start);

function after(who: Readonly<Record<number, readonly number[]>>, step: StepEnds = move) {
  return compareTest(before, segments({ 10: [1, 2, 3], 20: [4], 30: [1, 5], 40: [6], ...who }), step);
}

describe('the comparison of a step with before', () => {
  it('is clean when the person alone was moved', () => {
    const compared = after({ 10: [2, 3], 20: [4, 1] });
    expect(isClean(compared)).toBe(true);
    expect(isHarmful(compared)).toBe(false);
  });

  it('is clean when the person alone was removed or added', () => {
    expect(isClean(after({ 10: [3, 2] }, remove))).toBe(true);
    expect(isClean(after({ 20: [1, 4] }, { kind: 'add', fromId: null, toId: 20 }))).toBe(true);
  });

  it.each([
    ['copied them', { 20: [4, 1] }],
    ['did nothing', {}],
    ['left them nowhere', { 10: [2, 3] }],
    ['replaced the list of the target', { 10: [2, 3], 20: [1] }],
    ['replaced the list of the source', { 10: [1], 20: [4] }],
    ['moved everybody', { 10: [], 20: [4, 1, 2, 3] }],
    ['cleared their other segments', { 10: [2, 3], 20: [4, 1], 30: [5] }],
    ['put them into one more', { 10: [2, 3], 20: [4, 1], 40: [6, 1] }],
    ['changed somebody in a segment that it was not about', { 10: [2, 3], 20: [4, 1], 40: [] }],
    ['moved somebody else', { 10: [1, 3], 20: [4, 2] }],
  ])('is not clean when it %s', (_what, who) => {
    expect(isClean(after(who))).toBe(false);
  });

  it('names who is missing, who joined, and what else the person left', () => {
    const compared = after({ 10: [3], 20: [4, 1, 2], 30: [5] });
    expect(compared.strays).toEqual({
      missing: [{ memberId: 2, segmentId: 10 }],
      joined: [{ memberId: 2, segmentId: 20 }],
      count: 2,
    });
    expect(compared.leftOthers).toEqual([30]);
    expect(isHarmful(compared)).toBe(true);
  });

  it('takes a segment that is gone for one that everybody has left', () => {
    const compared = compareTest(before, segments({ 10: [2, 3], 20: [4, 1], 30: [1, 5] }), move);
    expect(compared.strays?.missing).toEqual([{ memberId: 6, segmentId: 40 }]);
  });

  it('says nothing by an end that can not be read in full', () => {
    const odd = start.map((segment) => (segment.id === 20 ? { ...segment, unreadable: 'members' as const } : segment));
    const compared = compareTest(before, odd, move);
    expect([compared.isWhole, isClean(compared), isUntouched(compared)]).toEqual([false, false, false]);
    expect(compared.strays).toBeNull();
  });

  it('sees the person leave a segment that is only read in part, as long as it showed them before', () => {
    const inPart = (all: readonly SegmentMembers[]) =>
      all.map((one) => (one.id === 30 ? { ...one, unreadable: 'members' as const } : one));
    const base = baselineOf(PERSON, inPart(start));
    const stayed = compareTest(base, inPart(segments({ 10: [2, 3], 20: [4, 1], 30: [1], 40: [6] })), move);
    expect([isClean(stayed), stayed.uncompared, stayed.strays]).toEqual([true, 1, null]);
    const left = compareTest(base, inPart(segments({ 10: [2, 3], 20: [4, 1], 30: [5], 40: [6] })), move);
    expect([isClean(left), isHarmful(left), left.leftOthers]).toEqual([false, true, [30]]);
  });

  it('is not whole where a segment that the person was seen in can not be read after it', () => {
    const lost = segments({ 10: [2, 3], 20: [4, 1], 30: [], 40: [6] }).map((one) =>
      one.id === 30 ? { ...one, unreadable: 'segment' as const } : one,
    );
    const compared = compareTest(before, lost, move);
    expect([compared.isWhole, isClean(compared), compared.leftOthers, compared.uncompared]).toEqual([
      false,
      false,
      [],
      1,
    ]);
  });

  it('is untouched only while nobody at all was changed', () => {
    expect(isUntouched(after({}))).toBe(true);
    expect(isUntouched(after({ 40: [6, 7] }))).toBe(false);
    expect(isUntouched(after({ 30: [5] }))).toBe(false);
  });
});

describe('a baseline as it is stored', () => {
  it('comes back as it was', () => {
    const encoded = encodeBaseline(before, [10, 20], 1_000);
    expect(encoded === null ? null : decodeBaseline(encoded)).toEqual(before);
  });

  it('keeps the ends alone where all segments are too many, and nothing where the ends are', () => {
    const many = baselineOf(
      PERSON,
      segments({ 10: [1, 2], 20: [4], 30: Array.from({ length: 900 }, (_x, at) => at * 7 + 1) }),
    );
    const encoded = encodeBaseline(many, [10, 20], 300);
    expect(encoded?.others.map(({ segmentId }) => segmentId)).toEqual([10, 20]);
    expect(encoded === null ? null : [...decodeBaseline(encoded).memberOf]).toEqual([10, 30]);
    expect(encodeBaseline(many, [10, 30], 300)).toBeNull();
  });

  it('holds a hundred thousand members in one row', () => {
    const whole = baselineOf(1, segments({ 10: Array.from({ length: 100_000 }, (_x, at) => 5_000_000 + at * 3) }));
    expect(encodeBaseline(whole, [10], 230_000)).not.toBeNull();
  });
});
