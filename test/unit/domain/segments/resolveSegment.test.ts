import { fixedText, resolveSegment } from '../../../../src/domain/segments';

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
    ['"Gamma"', 3],
    ["'Delta 1'", 12],
    ['`Gamma`', 3],
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
    '"Gamma',
    '"Gamma\'',
    '""',
  ])('"%s" is none', (given) => {
    expect(resolveSegment(KNOWN, given)).toEqual({ kind: 'unknown' });
  });
});

describe('a text of somebody who waits', () => {
  const known = [
    { id: 12, name: 'Beta' },
    { id: 14, name: 'Beta (#9)' },
    { id: 15, name: 'Twin' },
    { id: 16, name: 'Twin' },
    { id: 17, name: '12' },
    { id: 18, name: ' ' },
  ];
  it.each<[string, string]>([
    ['Beta', 'Beta (#12)'],
    [' “Beta” ', 'Beta (#12)'],
    ['Beta (#12)', 'Beta (#12)'],
    ['Beta (#9)', 'Beta (#9) (#14)'],
    ['14', '#14'],
    ['18', '#18'],
    ['#14', '#14'],
    // What means none or several is refused by then, as now.
    ['Twin', 'Twin'],
    ['12', '12'],
    ['Gamma', 'Gamma'],
    [' ', ' '],
  ])('is kept with what it means now: %j as %j', (given, kept) => {
    expect(fixedText(known, given)).toBe(kept);
    const before = resolveSegment(known, given);
    expect(resolveSegment(known, kept)).toEqual(before);
  });

  it('means nobody else’s segment that is called so by then', () => {
    const kept = fixedText(known, 'Beta');
    const swapped = known.map((segment) =>
      segment.id === 12 ? { ...segment, name: 'Old' } : segment.id === 14 ? { ...segment, name: 'Beta' } : segment,
    );
    expect(resolveSegment(swapped, 'Beta')).toMatchObject({ kind: 'found', segment: { id: 14 } });
    expect(resolveSegment(swapped, kept)).toEqual({ kind: 'unknown' });
  });
});
