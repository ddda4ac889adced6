import { byId, byText, endsOfIntent, identityOf, isSameRequest } from '../../../../src/domain/segments';
import { ledgerEntry } from '../../../support/ledgerEntry';

const ENTRY = ledgerEntry();

describe('a row that an operation id has', () => {
  it('is of the same request where everything is the same, however far it has come', () => {
    expect(isSameRequest(ENTRY, identityOf(ENTRY))).toBe(true);
    expect(isSameRequest(ledgerEntry({ state: 'intended', answer: null, intendedAtMs: 1 }), identityOf(ENTRY))).toBe(
      true,
    );
  });

  it.each<[string, Parameters<typeof ledgerEntry>[0]]>([
    ['entry point', { entryPoint: 'board' }],
    ['actor', { actorAccountId: 'agent-2' }],
    ['API client', { apiClientId: 'client-1' }],
    ['run', { runId: 'run-1' }],
    ['undone write', { undoes: 'other' }],
    ['body', { requestDigest: 'digest' }],
    ['member', { members: [{ memberId: 8, outcome: 'confirmed', reason: 'readBackAgrees' }] }],
    ['source', { from: { id: 20, name: 'Beta testers' } }],
    ['target', { to: { id: 16, name: 'Early adopters' } }],
    ['kind', { kind: 'remove' }],
  ])('is of another request with another %s', (_what, overrides) => {
    expect(isSameRequest(ledgerEntry(overrides), identityOf(ENTRY))).toBe(false);
    expect(isSameRequest(ENTRY, identityOf(ledgerEntry(overrides)))).toBe(false);
  });

  it('is of the same run whoever went on with it', () => {
    const [begun, resumed] = ['admin-1', 'admin-2'].map((actorAccountId) =>
      ledgerEntry({ entryPoint: 'bulk', runId: 'run-1', actorAccountId }),
    );
    expect(begun !== undefined && resumed !== undefined && isSameRequest(begun, identityOf(resumed))).toBe(true);
  });

  it('is held against the ends that an intent names', () => {
    expect(endsOfIntent({ kind: 'move', from: byId(19), to: byText('Early adopters') })).toEqual({
      kind: 'move',
      fromId: 19,
      toId: undefined,
    });
    expect(endsOfIntent({ kind: 'remove', from: byId(19) })).toEqual({ kind: 'remove', fromId: 19, toId: null });
    expect(endsOfIntent({ kind: 'add', to: byId(15) })).toEqual({ kind: 'add', fromId: null, toId: 15 });
    expect(endsOfIntent({ kind: 'undo', undone: ENTRY })).toEqual({ kind: 'move', fromId: 15, toId: 19 });
  });
});
