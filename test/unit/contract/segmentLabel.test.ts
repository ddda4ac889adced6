import { labelledSegments, labelOfSegment } from '../../../src/contract';
import { resolveSegment } from '../../../src/domain/segments';

const KNOWN = [
  { id: 7, name: 'Twin' },
  { id: 8, name: ' Twin' },
  { id: 9, name: 'Cafe\u0301' },
  { id: 10, name: 'Caf\u00e9' },
  { id: 11, name: '7' },
  { id: 12, name: '#9' },
  { id: 13, name: ' ' },
  { id: 14, name: 'Beta testers' },
  { id: 15, name: '15' },
  { id: 16, name: 'Twin (#7)' },
  { id: 17, name: 'Beta testers (#14)' },
  { id: 18, name: 'Alpha' },
  { id: 19, name: '\u0410l\u03c1h\u0430' },
  { id: 20, name: '\uff21lpha' },
  { id: 21, name: 'alpha' },
  { id: 22, name: '\u0422\u0435\u0441\u0442' },
  { id: 23, name: '\uff11\uff14' },
];

describe('what a segment is called among others', () => {
  it.each([
    [14, 'Beta testers'],
    [7, 'Twin (#7)'],
    [8, 'Twin (#8)'],
    [9, 'Caf\u00e9 (#9)'],
    [10, 'Caf\u00e9 (#10)'],
    [11, '7 (#11)'],
    [12, '#9 (#12)'],
    [13, '#13'],
    [15, '15'],
    [16, 'Twin (#7) (#16)'],
    [17, 'Beta testers (#14) (#17)'],
    [18, 'Alpha (#18)'],
    [19, '\u0410l\u03c1h\u0430 (#19)'],
    [20, '\uff21lpha (#20)'],
    [21, 'alpha'],
    [22, '\u0422\u0435\u0441\u0442'],
    [23, '\uff11\uff14 (#23)'],
  ])('%i is “%s”', (id, label) => {
    expect(KNOWN.filter((one) => one.id === id).map((one) => labelOfSegment(one, KNOWN))).toEqual([label]);
  });

  it('means that one, wherever a text means a segment', () => {
    for (const one of KNOWN)
      for (const text of [labelOfSegment(one, KNOWN), `“${labelOfSegment(one, KNOWN)}”`]) {
        const found = resolveSegment(KNOWN, text);
        // A name that is written as another's label means neither.
        const isTwin = one.id === 7 && found.kind === 'ambiguous';
        expect(isTwin || (found.kind === 'found' && found.segment.id === one.id)).toBe(!text.includes('#13”'));
      }
  });

  it('is never the same for two of them', () => {
    expect(new Set(KNOWN.map((one) => labelOfSegment(one, KNOWN))).size).toBe(KNOWN.length);
  });

  it('is found among ten thousand by looking at each name a few times, whatever the others are', () => {
    let looks = 0;
    const many = Array.from({ length: 10_000 }, (_none, id) => ({
      id,
      get name() {
        looks += 1;
        return `${'x'.repeat(240)}${String(id % 5_000)}`;
      },
    }));
    expect(new Set(labelledSegments(many).map(({ name }) => name)).size).toBe(many.length);
    expect(looks).toBeLessThanOrEqual(5 * many.length);
  });
});
