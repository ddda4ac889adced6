import { readText } from '../../../../../static/src/shared/table';

const LINE = 'email;Vorname\nj@company.example;Jürgen „Müller“ €';
/** Bytes as a spreadsheet writes them: one for each of these letters in Windows-1252. */
const IN_WINDOWS_1252: Readonly<Record<string, number>> = { '€': 0x80, '„': 0x84, '“': 0x93 };

const utf16 = (text: string, isLittle: boolean): number[] =>
  Array.from({ length: text.length }, (_value, place) => text.charCodeAt(place)).flatMap((code) =>
    isLittle ? [code & 255, code >> 8] : [code >> 8, code & 255],
  );
const bytesOf = (text: string): number[] => [...Buffer.from(text, 'utf8')];
const windows1252 = (text: string): number[] =>
  Array.from(text, (letter) => IN_WINDOWS_1252[letter] ?? letter.charCodeAt(0));
const read = (bytes: readonly number[], language = 'en-US') => readText(new Blob([Uint8Array.from(bytes)]), language);

describe('the letters of a file', () => {
  it.each([
    ['UTF-8', bytesOf(LINE), 'utf-8'],
    ['UTF-8 with a mark', [0xef, 0xbb, 0xbf, ...bytesOf(LINE)], 'utf-8'],
    ['UTF-16 with its mark, the small byte first', [0xff, 0xfe, ...utf16(LINE, true)], 'utf-16le'],
    ['UTF-16 with its mark, the great byte first', [0xfe, 0xff, ...utf16(LINE, false)], 'utf-16be'],
    ['Windows-1252', windows1252(LINE), 'windows-1252'],
  ])('are read from %s', async (_what, bytes, encoding) => {
    expect(await read(bytes)).toEqual({ kind: 'text', text: LINE, encoding });
  });

  it.each([true, false])('are read from UTF-16 without a mark', async (isLittle) => {
    for (const text of ['email;name\na@b.example;Zoë', 'メール;名;姓\nichiro@company.example;一郎;山田\n'])
      expect(await read(utf16(text, isLittle), 'ja-JP')).toMatchObject({ kind: 'text', text });
  });

  it('are those of Shift_JIS for a Japanese reader alone, and none for another, who would see other letters', async () => {
    const bytes = [0x83, 0x81, 0x81, 0x5b, 0x83, 0x8b];
    expect(await read(bytes, 'ja-JP')).toEqual({ kind: 'text', text: 'メール', encoding: 'shift_jis' });
    expect(await read(bytes, 'de-DE')).toEqual({ kind: 'notText' });
  });

  it.each([
    ['a workbook', [0x50, 0x4b, 3, 4, 0x14, 0, 6, 0, 8, 0, 0xe9, 0x81]],
    ['UTF-8 that breaks off behind its mark', [0xef, 0xbb, 0xbf, 0x41, 0xc3]],
    ['half a letter of UTF-16', [0xff, 0xfe, 0x41]],
  ])('are not guessed in %s', async (_what, bytes) => {
    expect(await read(bytes)).toEqual({ kind: 'notText' });
  });

  it('do not hold the end of file of DOS', async () => {
    expect(await read([...bytesOf('email\n'), 0x1a])).toMatchObject({ text: 'email\n' });
  });
});
