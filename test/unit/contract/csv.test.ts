import fc from '../../support/chance';
import Papa from 'papaparse';
import { cellText, csvLine, holdsFormula } from '../../../src/contract';

/** What a spreadsheet takes for the beginning of a formula; the last four are the full-width signs, which some read as well. */
const FORMULA_STARTS = ['=', '+', '-', '@', '\t', '\r', '\n', '\uff1d', '\uff0b', '\uff0d', '\uff20'];

describe('a line of CSV', () => {
  it.each(FORMULA_STARTS.map((sign) => [JSON.stringify(sign), sign]))(
    'says of a text that starts with %s that it is text',
    (_shown, sign) => {
      expect(Papa.parse(csvLine([`${sign}1+1\n2`, 'next'])).data[0]).toEqual([`'${sign}1+1\n2`, 'next']);
    },
  );

  it('keeps numbers as they are, the negative ones too, and has nothing between the commas for null', () => {
    expect(csvLine([-5, 0, null, 'x', null])).toBe('-5,0,,x,\r\n');
  });

  it('quotes what would end a cell or lose its blanks, whatever a spreadsheet separates by', () => {
    expect(csvLine(['a,b', 'a;b', 'a|b', 'say "yes"', ' x', 'x ', 'two\nlines', 'plain text'])).toBe(
      '"a,b","a;b","a|b","say ""yes"""," x","x ","two\nlines",plain text\r\n',
    );
  });

  it.each([',', ';', '\t', '|', '\n', '\r\n'])('has no formula behind the separator %j either', (separator) => {
    for (const sign of FORMULA_STARTS.filter((start) => start !== '\n')) {
      for (const between of ['', ' ', '"', '""', "'", '\u200b', '\u00a0']) {
        const cell = `a${separator}${between}${sign}1+1`;
        for (const cells of [[cell], ['first', cell], [cell, 'last']]) {
          const parts = csvLine(cells).split(/[,;|\t\r\n]/);
          expect(parts.filter((part) => /^[\s"\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(part))).toEqual([]);
        }
        expect(holdsFormula(cell)).toBe(true);
      }
    }
  });

  it.each(['\ufe62', '\ufe66', '\u207a', '\u2212'])('knows the sign %s by what it stands for', (sign) => {
    expect(csvLine([`${sign}1`])).toBe(`'${sign}1\r\n`);
  });

  it('has no cell that is longer than Excel takes, as the rest would stand in cells of its own', () => {
    const whole = 'x'.repeat(32_767);
    expect(csvLine([whole])).toBe(`${whole}\r\n`);
    expect(csvLine([`${whole}x`])).toBe(`${whole.slice(1)}…\r\n`);
    expect(csvLine([`=${whole.slice(1)}`])).toBe(`'=${whole.slice(3)}…\r\n`);
    expect(csvLine([`${whole.slice(2)}😀${whole}`])).toBe(`${whole.slice(2)}…\r\n`);
  });

  it('is read as it was written', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...FORMULA_STARTS, '"', ',', ';', '|', "'", ' ', 'a') }),
    );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 4 }), (cells) => {
        const [read] = Papa.parse<string[]>(csvLine(cells), { delimiter: ',', newline: '\r\n' }).data;
        expect(read?.map(cellText)).toEqual(cells);
        expect(read?.some((text) => FORMULA_STARTS.includes(text.charAt(0)))).toBe(false);
      }),
    );
  });
});
