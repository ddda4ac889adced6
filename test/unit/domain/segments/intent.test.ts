import {
  affectedSegments,
  byId,
  byText,
  planWrite,
  resolveTarget,
  type PlanReading,
} from '../../../../src/domain/segments';
import { intentOf, type RuleChange } from '../../../../src/features/automation/ruleChange';
import { ledgerEntry } from '../../../support/ledgerEntry';

const MEMBER = 7;
const NAMES = new Map([
  [15, 'Early adopters'],
  [17, '2024'],
  [19, 'Beta testers'],
]);

/** A member who is in these of the three segments. */
function reading(segmentIds: readonly number[]): PlanReading {
  const segments = [...NAMES].map(([id, name]) => ({
    id,
    name,
    members: segmentIds.includes(id) ? [{ id: MEMBER }] : [],
  }));
  return { memberId: MEMBER, reporterAccountId: 'reporter-1', segments, history: [] };
}

const segment = (id: number) => ({ id, name: NAMES.get(id) });
const move = (source: string, target: string): RuleChange => ({ kind: 'move', source, target });
const remove = (source: string): RuleChange => ({ kind: 'remove', source, target: null });
const add = (target: string): RuleChange => ({ kind: 'add', source: null, target });
const unknown = (which: 'source' | 'target', given: string) => ({ code: 'segmentUnknown', which, given });
const ambiguous = (which: 'source' | 'target', given: string, ...ids: number[]) => ({
  code: 'segmentAmbiguous',
  which,
  given,
  candidates: ids.map((id) => ({ id, name: expect.any(String) })),
});
const stale = (reason: string) => ({ code: 'stale', reason });

describe('the plan of what a rule wants', () => {
  it.each<[string, RuleChange, readonly number[], object]>([
    ['moves by id', move('19', '15'), [19], { kind: 'move', from: segment(19), to: segment(15) }],
    [
      'moves by the very name',
      move(' Beta testers ', 'Early adopters'),
      [19, 17],
      { kind: 'move', from: segment(19), to: segment(15) },
    ],
    ['moves from wherever they are', move(' ANY ', '15'), [17], { kind: 'move', from: segment(17), to: segment(15) }],
    ['removes', remove('19'), [19, 15], { kind: 'remove', from: segment(19), to: null }],
    ['adds beside other segments', add('15'), [19], { kind: 'add', from: null, to: segment(15) }],
  ])('%s', (_what, change, segmentIds, ends) => {
    expect(planWrite(intentOf(change), reading(segmentIds))).toEqual({
      kind: 'ok',
      value: { ...ends, memberIds: [MEMBER] },
    });
  });

  it.each<[string, RuleChange, readonly number[], object]>([
    ['a target that is not there', move('19', '99'), [19], unknown('target', '99')],
    ['a source that is not there', move('Nobody', '15'), [19], unknown('source', 'Nobody')],
    ['a target where they are, before anything about the source', move('Nobody', '15'), [15], stale('alreadyInTarget')],
    ['a source where they are not', move('17', '15'), [19], stale('notInSource')],
    ['wherever they are, when that is nowhere', move('any', '15'), [], { code: 'sourceUnclear', segments: 0 }],
    [
      'wherever they are, when that is in several places',
      move('any', '15'),
      [17, 19],
      { code: 'sourceUnclear', segments: 2 },
    ],
    ['a removal from a segment that is not there', remove('99'), [19], unknown('source', '99')],
    ['a removal from "any", which only a move may leave open', remove('any'), [19], unknown('source', 'any')],
    ['a removal from where they are not', remove('15'), [19], stale('notInSource')],
    ['an adding to a segment that is not there', add('99'), [19], unknown('target', '99')],
    ['an adding to where they are', add('19'), [19], stale('alreadyInTarget')],
  ])('refuses %s', (_what, change, segmentIds, problem) => {
    expect(planWrite(intentOf(change), reading(segmentIds))).toEqual({ kind: 'problem', problem });
  });
});

describe('the segments that a rule is about', () => {
  const all = [...NAMES].map(([id, name]) => ({ id, name }));

  it.each<[string, RuleChange, readonly number[]]>([
    ['source and target of a move, by id or by name', move('19', 'Early adopters'), [19, 15]],
    ['the source of a removal', remove('Beta testers'), [19]],
    ['the target of an adding', add('15'), [15]],
    ['the target and wherever they are', move(' Any ', '15'), [15, 17, 19]],
    ['only those that there are', move('99', '15'), [15]],
  ])('are %s', (_which, change, ids) => {
    expect(affectedSegments(intentOf(change), all, [17, 19])).toEqual(ids);
  });
});

describe('a text that could mean two segments', () => {
  const named = (names: Readonly<Record<number, string>>, memberIn: number): PlanReading => ({
    ...reading([]),
    segments: Object.entries(names).map(([id, name]) => ({
      id: Number(id),
      name,
      members: Number(id) === memberIn ? [{ id: MEMBER }] : [],
    })),
  });

  it.each<[string, RuleChange, PlanReading, object]>([
    [
      'a name that is another’s id',
      move('15', '19'),
      named({ 15: 'A', 19: 'B', 7: '19' }, 15),
      ambiguous('target', '19', 7, 19),
    ],
    ['the same as a source', remove('19'), named({ 19: 'B', 7: '19' }, 19), ambiguous('source', '19', 7, 19)],
    [
      'a name of two segments',
      move('15', 'Twin'),
      named({ 15: 'A', 7: 'Twin', 8: ' Twin ' }, 15),
      ambiguous('target', 'Twin', 7, 8),
    ],
    [
      'a segment that is called as the word for any',
      move('any', '15'),
      named({ 15: 'A', 7: 'Any', 8: 'C' }, 8),
      ambiguous('source', 'any', 7),
    ],
  ])('is refused with the candidates, and nothing is planned: %s', (_what, change, known, problem) => {
    expect(planWrite(intentOf(change), known)).toEqual({ kind: 'problem', problem });
    // What is refused is not read either.
    expect(affectedSegments(intentOf(change), known.segments, [])).not.toContain(7);
  });

  it('names ten candidates at most', () => {
    const many = named(Object.fromEntries(Array.from({ length: 30 }, (_one, at) => [at + 1, 'Twin'])), 1);
    expect(planWrite(intentOf(remove('Twin')), many)).toMatchObject({
      problem: { code: 'segmentAmbiguous', candidates: { length: 10 } },
    });
  });

  it('is told apart by an id with its sign', () => {
    const known = named({ 15: 'A', 19: 'B', 7: '19' }, 15);
    expect(planWrite(intentOf(move('#15', '#19')), known)).toMatchObject({
      value: { from: { id: 15 }, to: { id: 19 } },
    });
  });
});

describe('taking a move back', () => {
  const undone = ledgerEntry();
  const after = (segments: PlanReading['segments']): PlanReading => ({
    memberId: 7,
    reporterAccountId: 'reporter-1',
    segments,
    history: [undone],
  });
  const moved = [
    { id: 19, name: 'Beta testers', members: [] },
    { id: 15, name: 'Early adopters', members: [{ id: 7 }] },
  ];
  const unreadable = (segmentId: number) => ({ kind: 'problem', problem: { code: 'segmentUnreadable', segmentId } });

  it('is a move in the other direction', () => {
    expect(planWrite({ kind: 'undo', undone }, after(moved))).toMatchObject({
      kind: 'ok',
      value: { kind: 'move', from: { id: 15 }, to: { id: 19 }, memberIds: [7] },
    });
  });

  it('says why it is refused', () => {
    const gone = moved.map((one) => ({ ...one, members: [] }));
    expect(planWrite({ kind: 'undo', undone }, after(gone))).toEqual({
      kind: 'problem',
      problem: { code: 'undoRefused', reason: 'movedSince' },
    });
  });

  it.each([19, 15])('is not planned where segment %i can’t be read, and is where another can’t', (id) => {
    const without = (unread: number) =>
      [...moved, { id: 17, name: 'Another', members: [] }].map((one) =>
        one.id === unread ? { ...one, unreadable: 'segment' as const } : one,
      );
    expect(planWrite({ kind: 'undo', undone }, after(without(id)))).toEqual(unreadable(id));
    expect(planWrite({ kind: 'undo', undone }, after(without(17)))).toMatchObject({ kind: 'ok' });
  });

  it('concerns the two ends, or the one that there is', () => {
    expect(affectedSegments({ kind: 'undo', undone }, [], [])).toEqual([19, 15]);
    expect(affectedSegments({ kind: 'undo', undone: ledgerEntry({ kind: 'remove', to: null }) }, [], [])).toEqual([19]);
    expect(affectedSegments({ kind: 'undo', undone: ledgerEntry({ kind: 'add' }) }, [], [])).toEqual([15]);
  });
});

describe('segments that a page names by their ids', () => {
  const choice = { kind: 'move', from: byId(19), to: byId(15) } as const;

  it('are meant by them, whatever is known of them', () => {
    expect(affectedSegments(choice, [], [])).toEqual([19, 15]);
    expect(planWrite(choice, reading([19]))).toMatchObject({
      kind: 'ok',
      value: { from: segment(19), to: segment(15) },
    });
    expect(planWrite(choice, reading([19, 15]))).toMatchObject({ kind: 'problem', problem: { code: 'stale' } });
  });

  it('are told where they can’t be read', () => {
    const { segments, ...others } = reading([19]);
    const unread = segments.map((one) => (one.id === 15 ? { ...one, unreadable: 'segment' as const } : one));
    expect(planWrite(choice, { ...others, segments: unread })).toEqual({
      kind: 'problem',
      problem: { code: 'segmentUnreadable', segmentId: 15 },
    });
  });
});

describe('the segment that somebody joins who is in none', () => {
  it('is found by its id or its name, and told as the target where it is unknown', () => {
    const { segments } = reading([]);
    expect(resolveTarget(byId(15), segments)).toEqual({ kind: 'ok', value: 15 });
    expect(resolveTarget(byText('Beta testers'), segments)).toEqual({ kind: 'ok', value: 19 });
    expect(resolveTarget(byText(' Nobody '), segments)).toEqual({
      kind: 'problem',
      problem: unknown('target', 'Nobody'),
    });
  });
});
