import { learnList, learnMembers, learnPaging, listAt } from '../../../../src/domain/profile';

const rows = [
  { id: 11, name: 'Beta testers' },
  { id: 12, name: 'Early adopters' },
];
const paging = (json: object, records: readonly string[]) => learnPaging({ json, link: null, records, rows: 2 });

describe('answers in the forms of other vendors', () => {
  it('tell by OData that there is more, and where', () => {
    const next = { '@odata.count': 25, '@odata.nextLink': 'https://api.shorterloop.com/s?$skiptoken=x' };
    expect(paging({ value: rows, ...next }, ['value'])).toMatchObject({
      goesOn: true,
      ways: [{ kind: 'address', address: ['@odata.nextLink'] }],
      total: { at: ['@odata.count'], count: 25 },
    });
  });

  it('tell by a search engine how many there are, whose offset is called from', () => {
    const hits = { total: { value: 25, relation: 'eq' }, hits: rows };
    expect(paging({ hits }, ['hits', 'hits'])).toMatchObject({
      ways: [{ kind: 'offset', parameter: 'from' }],
      total: { at: ['hits', 'total', 'value'], count: 25 },
    });
  });

  it('are a list though a segment is there twice, and though segments are a value and a label', () => {
    const list = { at: ['data'], id: ['id'], rows: 4 };
    expect(learnList({ data: [...rows, ...rows] })).toMatchObject({ kind: 'found', list });
    const choices = rows.map(({ id, name }) => ({ value: id, label: name }));
    expect(learnList({ data: choices })).toMatchObject({ list: { id: ['value'], name: ['label'] } });
    expect(learnList({ data: choices.map(({ label }) => ({ value: 1, label })) })).toEqual({ kind: 'none' });
  });

  it('have what is known of a member five keys deep, or as an address under the id', () => {
    const account = { id: 1685, profile: { email: 'kim@company.example' } };
    expect(learnMembers([{ id: 11, users: [{ id: 1, membership: { member: { account } } }] }])).toMatchObject({
      at: ['users'],
      fields: { email: ['membership', 'member', 'account', 'profile', 'email'] },
    });
    const users = { '1685': 'kim@company.example', '1686': 'sam@company.example' };
    expect(listAt({ users }, ['users'])).toEqual([
      { '@key': '1685', email: 'kim@company.example' },
      { '@key': '1686', email: 'sam@company.example' },
    ]);
    expect(learnMembers([{ id: 11, users }])).toMatchObject({ ids: [['@key']], fields: { email: ['email'] } });
    expect(listAt({ users: { '1685': 'Kim' } }, ['users'])).toBeNull();
  });
});
