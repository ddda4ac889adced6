import { createLimiter } from '../../../../src/usecases/connection/limiter';
import type { LinkedReporter } from '../../../../src/usecases/lookup';
import type { SegmentWithMembers } from '../../../../src/adapters/shorterloop';
import { concernsOf, findSegment, planWanted, type Wanted } from '../../../../src/features/automation/wanted';
import { clientWith } from '../../adapters/shorterloop/support';

const MEMBER = 7;
const NAMES = new Map([
  [15, 'Early adopters'],
  [17, '2024'],
  [19, 'Beta testers'],
]);

/** A reporter whose member is in these of the three segments. */
function linked(segmentIds: readonly number[], canAdd = false): LinkedReporter {
  const reporter = { accountId: 'reporter-1', displayName: 'Ada', accountType: 'atlassian', visibleEmail: null };
  const member = { id: MEMBER, email: null, name: 'Ada' };
  const segments = [...NAMES].map(([id, name]): SegmentWithMembers => ({
    id,
    name,
    members: segmentIds.includes(id) ? [member] : [],
  }));
  return {
    kind: 'known',
    issue: { issueId: '10001', issueKey: 'ACME-101', reporter },
    reporter,
    match: {
      state: 'linked',
      member: { id: MEMBER, name: 'Ada', segmentIds },
      link: { how: 'email', byAccountId: null, atMs: 1 },
    },
    segments,
    history: [],
    reading: { live: new Set(segments.map(({ id }) => id)), othersAsOfMs: null },
    head: null,
    connected: {
      client: clientWith([]).client,
      limiter: createLimiter(null),
      settings: {
        apiOrigin: 'https://api.shorterloop.com',
        initiativeId: 4711,
        authScheme: 'Bearer',
        moveDialect: 'put-segment-users',
        removeDialect: 'post-manage-users',
        readPlan: 'all-at-once',
        canAdd,
        routes: {},
      },
      proofs: {},
      writes: null,
    },
  };
}

const segment = (id: number) => ({ id, name: NAMES.get(id) });
const move = (source: string, target: string): Wanted => ({ kind: 'move', source, target });
const remove = (source: string): Wanted => ({ kind: 'remove', source, target: null });
const add = (target: string): Wanted => ({ kind: 'add', source: null, target });
const unknown = (which: 'source' | 'target', given: string) => ({ code: 'segmentUnknown', which, given });
const stale = (reason: string) => ({ code: 'stale', reason });

describe('the plan of what a rule wants', () => {
  it.each<[string, Wanted, readonly number[], object]>([
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
  ])('%s', (_what, wanted, segmentIds, ends) => {
    expect(planWanted(wanted)(linked(segmentIds, true))).toEqual({
      kind: 'ok',
      value: { ...ends, memberIds: [MEMBER] },
    });
  });

  it.each<[string, Wanted, readonly number[], object]>([
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
  ])('refuses %s', (_what, wanted, segmentIds, problem) => {
    expect(planWanted(wanted)(linked(segmentIds, true))).toEqual({ kind: 'problem', problem });
  });

  it('adds nobody, not even to a segment that is not there, until an admin has switched it on', () => {
    for (const target of ['15', '99'])
      expect(planWanted(add(target))(linked([19]))).toEqual({ kind: 'problem', problem: { code: 'addingOff' } });
  });
});

describe('the segments that a rule is about', () => {
  const all = [...NAMES].map(([id, name]) => ({ id, name }));

  it.each<[string, Wanted, readonly number[]]>([
    ['source and target of a move, by id or by name', move('19', 'Early adopters'), [19, 15]],
    ['the source of a removal', remove('Beta testers'), [19]],
    ['the target of an adding', add('15'), [15]],
    ['the target and wherever they are', move(' Any ', '15'), [15, 17, 19]],
    ['only those that there are', move('99', '15'), [15]],
  ])('are %s', (_which, wanted, ids) => {
    expect(concernsOf(wanted)(all, [17, 19])).toEqual(ids);
  });
});

describe('the segment that a rule means', () => {
  const known = [
    { id: 1, name: 'Beta' },
    { id: 2, name: ' Beta ' },
    { id: 3, name: ' Gamma' },
    { id: 4, name: '5' },
    { id: 12, name: 'Delta 1' },
    { id: 13, name: '2024 cohort' },
  ];

  it.each([
    ['1', 1],
    [' 12 ', 12],
    ['Gamma', 3],
    ['Delta 1', 12],
    ['2024 cohort', 13],
  ])('"%s" is the segment %i', (given, id) => {
    expect(findSegment(known, 'target', given)).toEqual({ kind: 'ok', value: known.find((one) => one.id === id) });
  });

  it.each(['Beta', '5', 'gamma', 'Delta', '01', '1x', ''])(
    '"%s" is none: it is ambiguous, a number that is no id, or not the very name',
    (given) => {
      expect(findSegment(known, 'source', given)).toEqual({ kind: 'problem', problem: unknown('source', given) });
    },
  );
});
