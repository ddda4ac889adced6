import { matchReporter, type LinkState, type SegmentWithPeople } from '../../../../src/domain/people';

const ada = { id: 1, email: 'Ada@Example.com', name: 'Ada Lovelace' };
const twin = { id: 2, email: 'ada@example.com', name: 'Ada L.' };
const segment = (id: number, members: SegmentWithPeople['members']): SegmentWithPeople => ({ id, members });
const none: LinkState = { state: 'none' };
const email = { kind: 'email', email: ' ada@EXAMPLE.com ' } as const;

describe('matching a reporter', () => {
  it('trusts a stored link without asking for the e-mail', () => {
    const link = { how: 'manual', byAccountId: 'agent-1', atMs: 5 } as const;
    expect(matchReporter({ state: 'linked', memberId: 1, link }, null, [segment(19, [ada])])).toEqual({
      state: 'linked',
      member: { id: 1, name: 'Ada Lovelace', segmentIds: [19] },
      link,
    });
  });

  it('keeps a link to a member who is in no segment, though their name can not be read', () => {
    const link = { how: 'email', byAccountId: null, atMs: 5 } as const;
    expect(matchReporter({ state: 'linked', memberId: 9, link }, null, [segment(19, [ada])])).toEqual({
      state: 'linked',
      member: { id: 9, name: null, segmentIds: [] },
      link,
    });
  });

  it('finds the one member who has the e-mail, whatever its case and in however many segments', () => {
    expect(matchReporter(none, email, [segment(19, [ada]), segment(15, [ada])])).toEqual({
      state: 'found',
      member: { id: 1, name: 'Ada Lovelace', segmentIds: [19, 15] },
    });
  });

  it('finds the member also after someone unlinked them, and leaves linking to the API client', () => {
    expect(matchReporter({ state: 'unlinked' }, email, [segment(19, [ada])]).state).toBe('found');
  });

  it('never guesses between members who share the e-mail', () => {
    expect(matchReporter(none, email, [segment(19, [ada, twin])])).toEqual({
      state: 'ambiguous',
      candidates: [
        { id: 1, name: 'Ada Lovelace', segmentIds: [19] },
        { id: 2, name: 'Ada L.', segmentIds: [19] },
      ],
    });
  });

  it('says when nobody has the e-mail', () => {
    expect(
      matchReporter(none, { kind: 'email', email: 'bob@example.com' }, [
        segment(19, [ada, { ...ada, id: 3, email: null }]),
      ]),
    ).toEqual({
      state: 'notFound',
    });
  });

  it.each(['hidden', 'appNotApproved', 'unavailable'] as const)('says why the e-mail is not known (%s)', (reason) => {
    expect(matchReporter(none, { kind: 'hidden', reason }, [segment(19, [ada])])).toEqual({
      state: 'emailHidden',
      reason,
    });
  });

  it('treats an e-mail that was not read as unavailable', () => {
    expect(matchReporter(none, null, [])).toEqual({ state: 'emailHidden', reason: 'unavailable' });
  });
});
