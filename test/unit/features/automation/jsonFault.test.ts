import fc from '../../../support/chance';
import { jsonFaultIn, repeatedNames, roundedNumbers } from '../../../../src/features/automation/jsonFault';

describe('where a text stops being JSON', () => {
  it.each<[string, string, number, number, string, string]>([
    ['an empty one', '', 1, 1, '', 'a value'],
    ['a word', 'move', 1, 1, 'move', 'a value'],
    ['form fields', 'action=move&source=19', 1, 1, 'action=move&source=1', 'a value'],
    ['a stray quote', '{"source":"Beta "testers""}', 1, 18, 'testers""}', ', or }'],
    ['a quote that is never closed', '{"source":"Beta', 1, 11, '"Beta', 'a text that is closed on its line'],
    ['a line break within a text', '{\n "a": "x\ny"}', 2, 7, '"x', 'a text that is closed on its line'],
    ['a trailing comma', '{"a":1,\r\n}', 2, 1, '}', 'a name in double quotes'],
    ['single quotes', "{'a':1}", 1, 2, "'a':1}", 'a name in double quotes'],
    ['no colon', '{"a" 1}', 1, 6, '1}', ':'],
    ['a value that is missing', '{"a":}', 1, 6, '}', 'a value'],
    ['more behind it', '{} {}', 1, 4, '{}', 'the end'],
    ['a number with a zero before it', '[01]', 1, 2, '01]', 'a value'],
    ['an object that is not closed', '{"a":1', 1, 7, '', ', or }'],
    ['a sign that turns the words around it', '[\u202Ex]', 1, 2, '\ufffdx]', 'a value'],
    ['too many levels', '['.repeat(5_000), 1, 33, '['.repeat(20), 'more than 32 levels'],
  ])('is told of %s', (_what, text, line, column, found, wanted) => {
    expect(jsonFaultIn(text)).toEqual({ line, column, found, wanted });
  });

  it('is nowhere exactly where JSON.parse reads the text', () => {
    const isJson = (text: string): boolean => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    const spoiled = fc
      .tuple(
        fc.json({ maxDepth: 3 }),
        fc.nat(),
        fc.constantFrom('', ',', '"', '{', ']', '\\', '\n', '0', 'x', ':', '-'),
      )
      .map(([text, at, put]) => text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + 1));
    fc.assert(
      fc.property(fc.oneof(fc.json({ maxDepth: 3 }), spoiled), (text) => {
        expect(jsonFaultIn(text) === null).toBe(isJson(text));
      }),
      { numRuns: 3_000 },
    );
  });

  it('names the numbers of an object that JSON does not keep as they are written', () => {
    const text =
      '{"a":19.00000000000000001,"b":0.1,"c":-0,"d":1e400,"e":"19.00000000000000001","f":[1e400],"\\u0067":2E-400}';
    expect([...roundedNumbers(text)]).toEqual([
      ['a', '19.00000000000000001'],
      ['d', '1e400'],
      ['g', '2E-400'],
    ]);
  });

  it.each([
    ...['0', '-0.0', '0e5', '10', '1e1', '100e-1', '0.10', '1.50e2', '-12.340', '1E+2', '120000', '0.00012'],
    ...['1e-7', '123.456e-3'],
  ])('takes one number for kept however it is written: %s', (number) => {
    expect(roundedNumbers(`{"a":${number}}`).size).toBe(0);
  });

  it.each(['12345678901234567890', '0.12345678901234567890', '-1.00000000000000000001', '1e309', '-1e-400'])(
    'takes one for changed in any form: %s',
    (number) => {
      expect([...roundedNumbers(`{"a":${number}}`)]).toEqual([['a', number]]);
    },
  );

  it('takes every number that JSON itself writes for one that is kept', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger()), (number) => {
        expect(roundedNumbers(JSON.stringify({ number })).size).toBe(0);
      }),
    );
  });

  it('names what an object has twice, in its outermost level', () => {
    expect(repeatedNames('{"a":1,"b":{"a":2},"a":3,"\\u0061":4}')).toEqual(['a']);
    expect(repeatedNames('{"b":{"a":2,"a":3}}')).toEqual([]);
  });
});
