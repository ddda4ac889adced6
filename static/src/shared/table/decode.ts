/** How a file's letters are written in bytes. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'shift_jis';
/** A file's text; `notText` when no encoding makes one of it, as of a workbook or a picture. */
export type Decoded =
  { readonly kind: 'text'; readonly text: string; readonly encoding: Encoding } | { readonly kind: 'notText' };

/** The byte order marks that say how a file is written. */
const MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** The letters of the bytes from 0x80 on in Windows-1252; five of them have none. */
const C1 = Array.from('€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ');

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Reads a file's text. @param language decides between the encodings that older spreadsheets write */
export async function readText(file: Blob, language: string): Promise<Decoded> {
  return decode(new Uint8Array(await file.arrayBuffer()), language);
}

/**
 * The text of bytes: as their byte order mark says, else UTF-8 where they are that, else what spreadsheets without
 * Unicode write: Windows-1252 in the lines that are not UTF-8, or Shift_JIS for a Japanese reader. No letter is ever
 * guessed: bytes that stand for none in an encoding rule it out.
 * @see https://encoding.spec.whatwg.org/
 */
function decode(bytes: Uint8Array, language: string): Decoded {
  const marked = MARKS.find(([, mark]) => mark.every((byte, place) => bytes[place] === byte));
  const tried = marked === undefined ? unmarked(bytes, language) : [marked[0]];
  for (const encoding of tried) {
    const text = textIn(bytes, encoding);
    if (text !== null) return { kind: 'text', text, encoding };
  }
  return { kind: 'notText' };
}

function unmarked(bytes: Uint8Array, language: string): readonly Encoding[] {
  // UTF-16 without a mark: a zero byte stands beside each letter of the ASCII range, delimiters among them. A few
  // letters have one on the other side, such as 一.
  const zeros = [0, 0];
  for (let place = 0; place < bytes.length; place += 1)
    if (bytes[place] === 0) zeros[place % 2] = (zeros[place % 2] ?? 0) + 1;
  const [before = 0, behind = 0] = zeros;
  if (Math.max(before, behind) > bytes.length / 8 && Math.min(before, behind) * 8 < Math.max(before, behind))
    return [behind > before ? 'utf-16le' : 'utf-16be'];
  return language.startsWith('ja') ? ['utf-8', 'shift_jis', 'windows-1252'] : ['utf-8', 'windows-1252'];
}

function textIn(bytes: Uint8Array, encoding: Encoding): string | null {
  try {
    const text =
      encoding === 'windows-1252' ? linesIn(bytes) : new TextDecoder(encoding, { fatal: true }).decode(bytes);
    // The end of file of DOS stands behind the last line.
    const plain = text.replace(/\u001a$/, '');
    return hasControls(plain, encoding) ? null : plain;
  } catch {
    return null;
  }
}

/**
 * The lines of a file that is not in UTF-8 as a whole: those that are stay so. Two files that were put together, or one
 * line that was pasted into another, would else show every name of the one in wrong letters.
 */
function linesIn(bytes: Uint8Array): string {
  const lines: string[] = [];
  let start = 0;
  for (let end = 1; end <= bytes.length; end += 1) {
    const last = bytes[end - 1];
    if (last !== LINE_FEED && last !== CARRIAGE_RETURN && end < bytes.length) continue;
    const line = bytes.subarray(start, end);
    lines.push(asUtf8(line) ?? withoutC1(new TextDecoder('windows-1252', { fatal: true }).decode(line)));
    start = end;
  }
  return lines.join('');
}

function asUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Some runtimes read ISO-8859-1 where Windows-1252 is asked for: 27 of its letters are controls there. */
function withoutC1(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, (control) => C1[control.charCodeAt(0) - 0x80] ?? control);
}

/**
 * Every encoding but UTF-8 makes letters of nearly all bytes: controls show that they are no text, or not in it. An
 * escape is one of the encodings that switch between letters by it, as ISO-2022-JP does in the bytes of ASCII.
 */
function hasControls(text: string, encoding: Encoding): boolean {
  return encoding === 'utf-8' ? /[\0\u001b]/.test(text) : /[\0-\u0008\u000e-\u001f\u007f-\u009f]/.test(text);
}
