import { matchReporter, type LinkState, type SegmentWithPeople } from '../../../../src/domain/people';

const ada = { id: 1, email: 'Ada@Example.com', name: 'Ada Lovelace' };
const twin = { id: 2, email: 'ada@example.com', name: 'Ada L.' };
const segment = (id: number, members: SegmentWithPeople['members']): SegmentWithPeople => ({ id, members });
const none: LinkState = { state: 'none' };
const nobody = { kind: 'nobody' } as const;
const certain = { kind: 'certain', memberId: 1 } as const;

describe('matching a reporter', () => {
  it('trusts a stored link, whatever the e-mail says', () => {
    const link = { how: 'manual', byAccountId: 'agent-1', atMs: 5 } as const;
    expect(matchReporter({ state: 'linked', memberId: 1, link }, nobody, [segment(19, [ada])], [])).toEqual({
      state: 'linked',
      member: { id: 1, name: 'Ada Lovelace', segmentIds: [19] },
      link,
    });
  });

  it('keeps a link to a member who is in no segment, though their name can not be read', () => {
    const link = { how: 'email', byAccountId: null, atMs: 5 } as const;
    expect(matchReporter({ state: 'linked', memberId: 9, link }, nobody, [segment(19, [ada])], [])).toEqual({
      state: 'linked',
      member: { id: 9, name: null, segmentIds: [] },
      link,
    });
  });

  it('finds the member whom the e-mail names, with all their segments', () => {
    expect(matchReporter(none, certain, [segment(19, [ada]), segment(15, [ada])], [1])).toEqual({
      state: 'found',
      member: { id: 1, name: 'Ada Lovelace', segmentIds: [19, 15] },
    });
  });

  it('finds the member also after someone unlinked them, and leaves linking to the caller', () => {
    expect(matchReporter({ state: 'unlinked' }, certain, [segment(19, [ada])], [1]).state).toBe('found');
  });

  it('shows the candidates where somebody has to decide, and why', () => {
    const review = { kind: 'review', reason: 'emailShared' } as const;
    expect(matchReporter(none, review, [segment(19, [ada, twin])], [1, 2])).toEqual({
      state: 'ambiguous',
      reason: 'emailShared',
      candidates: [
        { id: 1, name: 'Ada Lovelace', segmentIds: [19] },
        { id: 2, name: 'Ada L.', segmentIds: [19] },
      ],
    });
  });

  it('says when nobody has the e-mail', () => {
    expect(matchReporter(none, nobody, [segment(19, [ada])], [])).toEqual({ state: 'notFound' });
  });

  it.each(['hidden', 'appNotApproved', 'unavailable'] as const)('says why the e-mail is not known (%s)', (reason) => {
    expect(matchReporter(none, { kind: 'hidden', reason }, [segment(19, [ada])], [])).toEqual({
      state: 'emailHidden',
      reason,
    });
  });
});
