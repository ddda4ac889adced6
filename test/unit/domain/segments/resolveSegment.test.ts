import { resolveSegment } from '../../../../src/domain/segments';

const KNOWN = [
  { id: 1, name: 'Beta' },
  { id: 2, name: ' Beta ' },
  { id: 3, name: ' Gamma' },
  { id: 4, name: '2027' },
  { id: 5, name: '12' },
  { id: 6, name: 'Cafe\u0301' },
  { id: 8, name: '  ' },
  { id: 9, name: '#3' },
  { id: 12, name: 'Delta 1' },
  { id: 13, name: '2024 cohort' },
  { id: 14, name: 'Beta (#1)' },
  { id: 15, name: '“Quoted”' },
  { id: 16, name: 'Quoted' },
];
const byIds = (...ids: number[]) => KNOWN.filter(({ id }) => ids.includes(id));

describe('the segment that a text means', () => {
  it.each<[string, number]>([
    ['1', 1],
    [' 13 ', 13],
    ['#12', 12],
    ['Gamma', 3],
    ['Delta 1', 12],
    ['2024 cohort', 13],
    ['2027', 4],
    ['Caf\u00e9', 6],
    ['Cafe\u0301', 6],
    ['8', 8],
    ['#3', 3],
    // As they are shown where names collide, and as word processors quote them.
    ['Beta (#2)', 2],
    ['Beta (#1) (#14)', 14],
    ['12 (#5)', 5],
    ['“Gamma”', 3],
    ['„Delta 1“', 12],
    ['« Delta 1 »', 12],
    ['“13”', 13],
  ])('"%s" is the segment %i', (given, id) => {
    expect(resolveSegment(KNOWN, given)).toEqual({ kind: 'found', segment: byIds(id)[0] });
  });

  it.each<[string, number[]]>([
    ['Beta', [1, 2]],
    ['12', [5, 12]],
    ['Beta (#1)', [1, 14]],
    ['“Quoted”', [15, 16]],
    ['“Beta”', [1, 2]],
  ])('"%s" could be any of %p', (given, ids) => {
    expect(resolveSegment(KNOWN, given)).toEqual({ kind: 'ambiguous', candidates: byIds(...ids) });
  });

  it.each([
    'gamma',
    'Delta',
    '01',
    '1x',
    '',
    ' ',
    '#2027',
    '# 1',
    '#',
    '99',
    '__proto__',
    'Beta (#3)',
    'Gamma (#03)',
    '“#3”x',
  ])('"%s" is none', (given) => {
    expect(resolveSegment(KNOWN, given)).toEqual({ kind: 'unknown' });
  });
});
