import { short, some, tableFaultText } from '../../../../static/src/shared/tableText';
import { speakEnglish } from '../../../support/english';

beforeAll(speakEnglish);

describe('a text of a file', () => {
  it.each([
    ['ann@company.example\u200b', 'ann@company.example\ufffd'],
    ['\ufeffann\u202e', '\ufffdann\ufffd'],
    ['a\0b', 'a\ufffdb'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['two\nlines', 'two\nlines'],
    ['x'.repeat(81), `${'x'.repeat(80)}…`],
  ])('is shown with what can not be seen in it, as that may be what is wrong: %j', (text, shown) => {
    expect(short(text)).toBe(shown);
  });

  it('is named with what to do, however many columns there are', () => {
    const found = Array.from({ length: 10 }, (_one, nth) => `c${nth}`);
    expect(some(found)).toBe('c0, c1, c2, c3, c4, c5, c6, c7, and …');
    expect(tableFaultText({ code: 'columnMissing', column: 'email', found: ['Mailbox'] })).toBe(
      'The heading has no column email. It has: Mailbox. Call the right one so.',
    );
  });
});
