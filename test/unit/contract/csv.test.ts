import fc from 'fast-check';
import Papa from 'papaparse';
import { csvLine } from '../../../src/contract';

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

  it('quotes what would end a cell or lose its blanks, a semicolon too: that is the delimiter in half of Europe', () => {
    expect(csvLine(['a,b', 'a;b', 'say "yes"', ' x', 'x ', 'two\nlines', 'plain text'])).toBe(
      '"a,b","a;b","say ""yes"""," x","x ","two\nlines",plain text\r\n',
    );
  });

  it('is read as it was written, apart from the apostrophe', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(...FORMULA_STARTS, '"', ',', ';', "'", ' ', 'a') }),
    );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 4 }), (cells) => {
        const [read] = Papa.parse<string[]>(csvLine(cells), { delimiter: ',', newline: '\r\n' }).data;
        expect(read).toEqual(cells.map((text) => (FORMULA_STARTS.includes(text.charAt(0)) ? `'${text}` : text)));
        expect(read?.some((text) => FORMULA_STARTS.includes(text.charAt(0)))).toBe(false);
      }),
    );
  });
});
