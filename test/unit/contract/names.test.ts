import fc from '../../support/chance';
import { isolated, plainName } from '../../../src/contract';

const MARKS = ['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069'];
const MORE_MARKS = ['\u200e', '\u200f', '\u061c'];
const UNSEEN = [
  '\u200b',
  '\u2060',
  '\ufeff',
  '\u00ad',
  '\u034f',
  '\u180e',
  '\u3164',
  '\u206a',
  '\ufff9',
  '\u{e0041}',
  '\ud800',
];

describe('a name from outside', () => {
  it.each([...MARKS, ...MORE_MARKS, ...UNSEEN].map((mark) => [mark.codePointAt(0)?.toString(16), mark]))(
    'loses U+%s, which turns the text around it or can not be seen',
    (_code, mark) => {
      expect(plainName(`An${mark}n`)).toBe('Ann');
      expect(isolated(`An${mark}n`)).toBe('Ann');
    },
  );

  it.each(['\n', '\r\n', '\u2028', '\u2029', '\u0085', '\t', '\0', '\u001b', '\v'])(
    'stays on one line, and its words stay two: %j',
    (control) => {
      expect(plainName(`Ann${control}Lee`)).toBe('Ann Lee');
    },
  );

  it('loses joiners and variants where they only make two names out of one', () => {
    expect(
      ['A\u200dnn', '\u200cAnn', 'An\u0301\u200dn', 'Ann\ufe0f', 'A\u{e0100}nn', '日\u200d本'].map(plainName),
    ).toEqual(['Ann', 'Ann', 'An\u0301n', 'Ann', 'Ann', '日本']);
  });

  it.each([
    'می\u200cخواهم',
    'क्\u200dष',
    'র\u200d্য',
    '👩🏽\u200d🚀',
    '❤\ufe0f',
    '1\ufe0f\u20e3',
    '葛\u{e0100}城',
    '山田　太郎',
    'Zoë',
    'Jo-Ann O’Hara',
  ])('keeps what is needed to write it: %s', (name) => {
    expect(plainName(name)).toBe(name);
  });

  it('is empty when nothing of it can be seen', () => {
    expect([' \u200b\u202e\n', '\u2800\u2800', '\u3000\u00a0'].map(plainName)).toEqual(['', '', '']);
  });

  it('holds nothing that turns, breaks or hides, whatever it is made of, and is plain already when it is made plain again', () => {
    const piece = fc.oneof(
      fc.constantFrom(...MARKS, ...MORE_MARKS, ...UNSEEN, '\n', 'א', 'A', '\u200d', '\ufe0f', ' '),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const plain = plainName(pieces.join(''));
        expect(plain).not.toMatch(
          /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e00ff}]/u,
        );
        expect(plainName(plain)).toBe(plain);
      }),
    );
  });
});

describe('what fills a place in a sentence', () => {
  it('stands between isolates where it is written from right to left', () => {
    expect(['לאה', 'ليلى', '\u{1e900}', 'Ann'].map(isolated)).toEqual([
      '\u2068לאה\u2069',
      '\u2068ليلى\u2069',
      '\u2068\u{1e900}\u2069',
      'Ann',
    ]);
  });

  it('can not end the isolate around it', () => {
    expect(isolated('לאה\u2069 to Gold')).toBe('\u2068לאה to Gold\u2069');
    expect(isolated('\u2069\u2068לאה')).toBe('\u2068לאה\u2069');
  });

  it('keeps the isolates of the parts that it was put together from', () => {
    expect(isolated('\u2068לאה\u2069 and \u202eAnn')).toBe('\u2068\u2068לאה\u2069 and Ann\u2069');
  });
});
