import { mask, summarize } from '../../../../src/domain/profile';

const uuid = 'c0ffee00-0000-4000-8000-000000000000';

describe('what an answer looks like', () => {
  it.each([
    [
      { success: true, result: [{ uuid, title: 'Ann' }] },
      '{ success: boolean, result: list of 1 { uuid: text (36), title: text } }',
    ],
    [[1, '2', null], 'list of 3 number | text | null'],
    [{ data: '[{"id":1}]' }, '{ data: text of JSON list of 1 { id: number } }'],
    [{ 'ann@acme.com': { id: 1 }, 'Ann Lee': { id: 2 } }, '{ 2 × •••: { id: number } }'],
    [{ 19: { name: 'A' }, 20: { name: 'B' } }, '{ 2 × •••: { name: text } }'],
    [{ data: [] }, '{ data: list of 0 }'],
    [{}, '{ }'],
    ['text', 'text'],
  ])('%j', (json, form) => {
    expect(summarize(json)).toBe(form);
  });

  it('has no value in it, however deep it stands', () => {
    const secret = 'ann.lee@acme.com';
    const json = { a: { b: { c: { d: { e: { f: { g: secret } } } } } }, list: [{ [secret]: secret, n: 4711 }] };
    expect(summarize(json)).not.toMatch(/ann|acme|4711/);
  });

  it('ends, whatever comes', () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_one, index) => [`k${'x'.repeat(index)}`, index]));
    expect(summarize(many).length).toBeLessThan(1_500);
  });
});

describe('a masked value', () => {
  it.each([
    [1688, '1•••'],
    ['ann@acme.com', 'a•••@a•••'],
    ['', '•••'],
    [null, '•••'],
  ])('%j', (value, masked) => {
    expect(mask(value)).toBe(masked);
  });
});
