import { MAX_FIELD_SEGMENTS } from '../../../../src/contract';
import { hasValues, shownSegments } from '../../../../src/domain/segments';

const SEGMENTS = [
  { id: 15, name: 'Early adopters' },
  { id: 17, name: 'Beta testers' },
  { id: 19, name: 'Advisory board' },
  { id: 21, name: 'Advisory board' },
];

describe('what the field shows of a member', () => {
  it('is the chosen segments that they are in, in one order for everybody', () => {
    const shown = shownSegments(SEGMENTS, [15, 17]);
    expect(shown([15, 17])).toEqual(['Beta testers', 'Early adopters']);
    expect(shown([17, 15])).toEqual(['Beta testers', 'Early adopters']);
    expect(shown([15, 19])).toEqual(['Early adopters']);
    expect(shown([])).toEqual([]);
  });

  it('tells two segments of one name apart, also where one of them is not chosen', () => {
    expect(shownSegments(SEGMENTS, [19])([21, 19])).toEqual(['Advisory board (#19)']);
  });

  it('leaves out what is there no longer, and tells each segment once', () => {
    expect(shownSegments(SEGMENTS, [15, 99])([99, 15, 15])).toEqual(['Early adopters']);
  });

  it('holds no more than a field may', () => {
    const many = Array.from({ length: MAX_FIELD_SEGMENTS + 1 }, (_, nth) => ({
      id: nth + 1,
      name: `Segment ${nth + 1}`,
    }));
    const ids = many.map(({ id }) => id);
    expect(shownSegments(many, ids)(ids)).toHaveLength(MAX_FIELD_SEGMENTS);
  });
});

describe('whether a field has its values', () => {
  it.each<[readonly string[], readonly string[], boolean]>([
    [['A', 'B'], ['B', 'A'], true],
    [['A'], ['A', 'B'], false],
    [['A', 'B'], ['A'], false],
    [['A', 'C'], ['A', 'B'], false],
    [[], [], true],
  ])('%j for %j: %s', (stored, wanted, has) => {
    expect(hasValues(stored, wanted)).toBe(has);
  });
});
