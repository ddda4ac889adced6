import { ACTS, DEFAULT_ACCESS, type AccessSettings } from '../../../../src/contract';
import { conditionsOf, refusalOf, type AccessFacts } from '../../../../src/domain/access';

const UNSEEN = { code: 'issueNotVisible' } as const;
const grouped: AccessSettings = {
  ...DEFAULT_ACCESS,
  move: { permission: 'EDIT_ISSUES', groups: [{ id: 'g1', name: 'support' }] },
};
const groups = (...ids: readonly string[]) => ({ ids, isWhole: true });
const all: AccessFacts = {
  sees: true,
  isProjectOn: true,
  permissions: new Set(['EDIT_ISSUES', 'ADMINISTER']),
  groups: groups('g0', 'g1'),
};
const refused = (act: Parameters<typeof conditionsOf>[0], facts: Partial<AccessFacts>) =>
  refusalOf(conditionsOf(act, grouped, { ...all, ...facts }), UNSEEN);

describe('an act', () => {
  it.each(ACTS)('%s is allowed when all holds', (act) => {
    expect(refused(act, {})).toBeNull();
  });

  it.each(ACTS)('%s is refused without the permission of its rule, which is named', (act) => {
    const needed = grouped[act].permission;
    expect(refused(act, { permissions: new Set(['BROWSE_PROJECTS']) })).toEqual({ code: 'notPermitted', needed });
  });

  it.each([...ACTS, 'look'] as const)('%s is refused where the place is not seen, or nobody knows', (act) => {
    expect(refused(act, { sees: false })).toBe(UNSEEN);
    expect(refused(act, { sees: null })).toBe(UNSEEN);
  });

  it.each([...ACTS, 'look'] as const)('%s is refused where the app is off, or nobody knows', (act) => {
    expect(refused(act, { isProjectOn: false })).toEqual({ code: 'projectOff' });
    expect(refused(act, { isProjectOn: null })).toEqual({ code: 'projectOff' });
  });

  it('is refused outside of the groups that its rule names, and of nobody else it is asked', () => {
    const needed = { code: 'notPermitted', needed: 'GROUP' };
    expect(refused('move', { groups: groups('g0') })).toEqual(needed);
    expect(refused('move', { groups: groups() })).toEqual(needed);
    expect(refused('remove', { groups: null })).toBeNull();
  });

  it('waits for Jira where it does not tell of which groups somebody is', () => {
    const unclear = { code: 'jira', status: null };
    expect(refused('move', { groups: { ids: ['g0'], isWhole: false } })).toMatchObject(unclear);
    expect(refused('move', { groups: null })).toMatchObject(unclear);
    expect(refused('move', { groups: { ids: ['g1'], isWhole: false } })).toBeNull();
  });

  it('is allowed in any one of several groups', () => {
    const named = [
      { id: 'g1', name: 'support' },
      { id: 'g2', name: 'product' },
    ];
    const access = { ...grouped, move: { permission: 'EDIT_ISSUES', groups: named } } as const;
    expect(
      refusalOf(conditionsOf('move', access, { ...all, groups: { ids: ['g2'], isWhole: true } }), UNSEEN),
    ).toBeNull();
  });

  it('is refused by what comes first: place, project, permission, group', () => {
    const none = { sees: false, isProjectOn: false, permissions: new Set<string>(), groups: groups() };
    expect(refused('move', none)).toBe(UNSEEN);
    expect(refused('move', { ...none, sees: true })).toEqual({ code: 'projectOff' });
    expect(refused('move', { ...none, sees: true, isProjectOn: true })).toMatchObject({ needed: 'EDIT_ISSUES' });
  });
});

describe('the conditions', () => {
  it('are told with the names of the groups, for a page to explain', () => {
    expect(conditionsOf('move', grouped, { ...all, groups: groups('g0') })).toEqual([
      { kind: 'seesIssue', holds: true },
      { kind: 'projectOn', holds: true },
      { kind: 'permission', permission: 'EDIT_ISSUES', holds: true },
      { kind: 'inGroup', groups: ['support'], holds: false },
    ]);
    expect(conditionsOf('look', grouped, all)).toEqual([
      { kind: 'seesIssue', holds: true },
      { kind: 'projectOn', holds: true },
    ]);
    expect(conditionsOf('move', grouped, { ...all, groups: null }).at(-1)).toMatchObject({ holds: null });
  });
});
