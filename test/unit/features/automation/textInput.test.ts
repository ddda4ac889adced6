import { UNKNOWN_CHOICES } from '../../../../src/contract';
import { issueInput, segmentInput, unknownInput } from '../../../../src/features/automation/textInput';

describe('a work item that a rule names', () => {
  it.each([
    ['ACME-101', 'ACME-101'],
    [' ACME\u2011101\u200b', 'ACME-101'],
    ['10101', '10101'],
    [10_101, '10101'],
  ])('is read from %j', (given, read) => {
    expect(issueInput.parse(given)).toBe(read);
  });

  it.each(['', ' ', 'ACME', 'ACME-101 ACME-102', -1, 1.5, 2 ** 53, null, true, ['ACME-101'], 'A'.repeat(256)])(
    'is not read from %j',
    (given) => {
      expect(issueInput.safeParse(given).success).toBe(false);
    },
  );
});

describe('a segment that a rule names', () => {
  it.each([
    ['Beta testers', 'Beta testers'],
    [' #19 ', '#19'],
    // A number is an id, and a text of digits may be a name.
    [19, '#19'],
    [0, '#0'],
    ['19', '19'],
    ['x'.repeat(255), 'x'.repeat(255)],
  ])('is read from %j', (given, read) => {
    expect(segmentInput.parse(given)).toBe(read);
  });

  it.each(['', '\u200b', -1, 1.5, 2 ** 53, Number.NaN, null, undefined, {}, 'x'.repeat(256)])(
    'is not read from %j',
    (given) => {
      expect(segmentInput.safeParse(given).success).toBe(false);
    },
  );
});

describe('what to do where nobody is known', () => {
  const input = unknownInput(UNKNOWN_CHOICES);

  it.each([undefined, null, '', 'fail'])('is to fail where a rule says %j', (given) => {
    expect(input.parse(given)).toBe('fail');
  });

  it('is one of the choices, and nothing else', () => {
    for (const choice of UNKNOWN_CHOICES) expect(input.parse(choice)).toBe(choice);
    for (const given of ['ADD', ' ', 0, false, [], 'added', 'ask']) expect(input.safeParse(given).success).toBe(false);
    expect(unknownInput(['skip']).safeParse('add').success).toBe(false);
  });
});
