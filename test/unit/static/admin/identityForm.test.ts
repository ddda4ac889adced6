import { identityFormOf, identityOf } from '../../../../static/src/admin/people/identityForm';

describe('whose address is trusted, as typed', () => {
  it('takes domains however they are set apart', () => {
    expect(identityOf({ kind: 'domains', domains: ' acme.example,b\u00fccher.example; @shop.example\n' })).toEqual({
      customers: { kind: 'domains', domains: ['acme.example', 'b\u00fccher.example', '@shop.example'] },
    });
  });

  it('forgets domains where none are asked for', () => {
    expect(identityOf({ kind: 'all', domains: 'acme.example' })).toEqual({ customers: { kind: 'all' } });
  });

  it.each([
    { customers: { kind: 'none' } },
    { customers: { kind: 'all' } },
    { customers: { kind: 'domains', domains: ['acme.example', 'shop.example'] } },
  ] as const)('comes back as it was saved', (settings) => {
    expect(identityOf(identityFormOf({ ...settings, isAutomatic: true }))).toEqual(settings);
  });
});
