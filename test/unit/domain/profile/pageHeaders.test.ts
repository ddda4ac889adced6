import { DEFAULT_PROFILE, type ReadForm } from '../../../../src/contract';
import { pageHeadersIn, learnPaging, nextPage, saysMore, type Page } from '../../../../src/domain/profile';

const json = { data: Array.from({ length: 13 }, (_none, id) => ({ id: id + 1 })) };
const PATH = '/api/v2/segments';
const page = (value: string | null): Page => ({
  json,
  link: null,
  rows: 13,
  cursors: cursorsOf('X-Next-Cursor', value),
});

function cursorsOf(name: string, value: string | null) {
  return pageHeadersIn(new Headers(value === null ? {} : { [name]: value }));
}

describe('a cursor in a header', () => {
  it.each([
    ['X-Next-Cursor', ['cursor', 'after']],
    ['x-next-page', ['page']],
    ['X-Next-Page-Token', ['pageToken', 'page_token']],
    ['x-continuation-token', ['continuationToken', 'continuation']],
  ])('says that a list goes on, and by which parameters that is tried: %s', (name, parameters) => {
    const cursors = cursorsOf(name, 'c13x');
    const { goesOn, ways } = learnPaging({ json, link: null, records: ['data'], rows: 13, cursors });
    expect(goesOn).toBe(true);
    const cursor = ['@header', name.toLowerCase()];
    expect(ways).toEqual(parameters.map((parameter) => ({ kind: 'cursor', parameter, cursor })));
  });

  it('is none where the header is empty, or another one', () => {
    for (const cursors of [cursorsOf('X-Next-Cursor', ' '), cursorsOf('X-Request-Id', 'c13x'), {}])
      expect(learnPaging({ json, link: null, records: ['data'], rows: 13, cursors })).toMatchObject({ goesOn: null });
  });

  it('is handed back until there is none, and a list that is read whole is cut by it', () => {
    const form: ReadForm = {
      ...DEFAULT_PROFILE.reads.listSegments,
      paging: { kind: 'cursor', parameter: 'cursor', cursor: ['@header', 'x-next-cursor'] },
    };
    expect(nextPage(form, PATH, [page('c13x')], true)).toEqual({ kind: 'ask', path: `${PATH}?cursor=c13x` });
    expect(nextPage(form, PATH, [page('c13x'), page(null)], true)).toEqual({ kind: 'end' });
    expect(saysMore(page('c13x'))).toBe(true);
    expect(nextPage(DEFAULT_PROFILE.reads.listSegments, PATH, [page('c13x')], true)).toEqual({ kind: 'cut' });
  });
});
