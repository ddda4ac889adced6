import {
  isConfirmed,
  decideOutcome,
  isFinal,
  settlesRest,
  type ResponseClaim,
  type MemberOutcome,
  type ReadBack,
  type WritePlan,
} from '../../../../src/domain/segments';

const from = { id: 19, name: 'Beta testers' };
const to = { id: 15, name: 'Early adopters' };
const move: WritePlan = { kind: 'move', memberIds: [7], from, to };
const remove: WritePlan = { kind: 'remove', memberIds: [7], from, to: null };
const add: WritePlan = { kind: 'add', memberIds: [7], from: null, to };

const inTarget: ReadBack = { from: new Set(), to: new Set([7]) };
const inSource: ReadBack = { from: new Set([7]), to: new Set() };
const inBoth: ReadBack = { from: new Set([7]), to: new Set([7]) };
const inNeither: ReadBack = { from: new Set(), to: new Set() };
const sourceUnread: ReadBack = { from: null, to: new Set([7]) };
const targetUnread: ReadBack = { from: new Set(), to: null };

const decide = (plan: WritePlan, claim: ResponseClaim, readBack: ReadBack | null): string[] =>
  decideOutcome(plan, claim, readBack).map(({ outcome, reason }) => `${outcome} ${reason}`);

describe('the outcome of a move', () => {
  it.each<ResponseClaim>(['yes', 'unclear', 'no'])(
    'is confirmed by the read-back and not by the claim (%s)',
    (claim) => {
      expect(decide(move, claim, inTarget)).toEqual(['confirmed readBackAgrees']);
    },
  );

  it.each<ResponseClaim>(['yes', 'unclear', 'silent'])(
    'is not confirmed while the member is still in the source, even when success is claimed (%s)',
    (claim) => {
      expect(decide(move, claim, inSource)).toEqual(['notConfirmed unchanged']);
    },
  );

  it('is refused when Shorter Loop said no and the member is still in the source', () => {
    expect(decide(move, 'no', inSource)).toEqual(['refused saidNo']);
  });

  it('is refused without a read-back when nothing can have been applied', () => {
    expect(decide(move, 'never', null)).toEqual(['refused saidNo']);
  });

  it('says when the request never reached Shorter Loop', () => {
    expect(decide(move, 'notSent', null)).toEqual(['refused notSent']);
  });

  it.each<ResponseClaim>(['yes', 'unclear', 'no'])(
    'says when the member is in both segments or in neither (%s)',
    (claim) => {
      expect(decide(move, claim, inBoth)).toEqual(['notConfirmed inBoth']);
      expect(decide(move, claim, inNeither)).toEqual(['notConfirmed inNeither']);
    },
  );

  it.each<ResponseClaim>(['yes', 'unclear', 'no'])('is unknown when one side could not be read (%s)', (claim) => {
    expect(decide(move, claim, null)).toEqual(['unknown notReadable']);
    expect(decide(move, claim, sourceUnread)).toEqual(['unknown notReadable']);
    expect(decide(move, claim, targetUnread)).toEqual(['unknown notReadable']);
  });

  it('is decided for each member on its own', () => {
    const several: WritePlan = { ...move, memberIds: [7, 8, 9] };
    expect(decideOutcome(several, 'yes', { from: new Set([8]), to: new Set([7]) })).toEqual([
      { memberId: 7, outcome: 'confirmed', reason: 'readBackAgrees' },
      { memberId: 8, outcome: 'notConfirmed', reason: 'unchanged' },
      { memberId: 9, outcome: 'notConfirmed', reason: 'inNeither' },
    ]);
  });
});

describe('the outcome of a removal', () => {
  it('is confirmed when the member is no longer in the segment', () => {
    expect(decide(remove, 'unclear', { from: new Set([8]), to: null })).toEqual(['confirmed readBackAgrees']);
  });

  it('is not confirmed while the member is still there', () => {
    expect(decide(remove, 'yes', { from: new Set([7]), to: null })).toEqual(['notConfirmed unchanged']);
  });

  it('is unknown when the segment could not be read', () => {
    expect(decide(remove, 'yes', { from: null, to: null })).toEqual(['unknown notReadable']);
  });
});

describe('the outcome of an adding', () => {
  it('is confirmed when the member is in the segment, wherever else they are', () => {
    expect(decide(add, 'unclear', { from: null, to: new Set([7]) })).toEqual(['confirmed readBackAgrees']);
  });

  it('is not confirmed while the member is not there, and refused when Shorter Loop said no', () => {
    expect(decide(add, 'yes', { from: null, to: new Set([8]) })).toEqual(['notConfirmed unchanged']);
    expect(decide(add, 'no', { from: null, to: new Set() })).toEqual(['refused saidNo']);
  });

  it('is unknown when the segment could not be read', () => {
    expect(decide(add, 'yes', { from: null, to: null })).toEqual(['unknown notReadable']);
    expect(decide(add, 'yes', null)).toEqual(['unknown notReadable']);
  });
});

describe('whether what is known of a member is final', () => {
  const confirmed: MemberOutcome = { memberId: 7, outcome: 'confirmed', reason: 'readBackAgrees' };
  const unchanged: MemberOutcome = { memberId: 8, outcome: 'notConfirmed', reason: 'unchanged' };
  const refused: MemberOutcome = { memberId: 9, outcome: 'refused', reason: 'saidNo' };
  const unread: MemberOutcome = { memberId: 9, outcome: 'unknown', reason: 'notReadable' };

  it('is so when they are where they should be, or nothing was done', () => {
    expect(isFinal(confirmed, 'silent', false)).toBe(true);
    expect((['never', 'notSent'] as const).map((claim) => isFinal(refused, claim, false))).toEqual([true, true]);
  });

  it('is not so when an answer of success says no: it may be done all the same, and show later', () => {
    expect(isFinal(refused, 'no', false)).toBe(false);
    expect(isFinal(confirmed, 'no', false)).toBe(true);
  });

  it('is not so when a reading contradicts what was sent: it may show later', () => {
    expect(isFinal(unchanged, 'yes', false)).toBe(false);
    expect(isFinal(unread, 'yes', false)).toBe(false);
    expect(isFinal(unread, 'yes', true)).toBe(false);
  });

  it('is so for all where the answer tells how many were done, and exactly so many are seen', () => {
    const outcomes = [confirmed, { ...confirmed, memberId: 6 }, unchanged];
    expect(settlesRest(2, outcomes)).toBe(true);
    expect(isFinal(unchanged, 'yes', settlesRest(2, outcomes))).toBe(true);
    for (const count of [null, 0, 1, 3, 7]) expect(settlesRest(count, outcomes)).toBe(false);
  });
});

describe('a write as a whole', () => {
  it('counts as confirmed only when every member is', () => {
    const confirmed = { memberId: 7, outcome: 'confirmed', reason: 'readBackAgrees' } as const;
    expect(isConfirmed({ members: [confirmed] })).toBe(true);
    const unknown = { memberId: 8, outcome: 'unknown', reason: 'notReadable' } as const;
    expect(isConfirmed({ members: [confirmed, unknown] })).toBe(false);
  });
});
