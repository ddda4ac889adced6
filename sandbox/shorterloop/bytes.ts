import type { Charset } from './types';

/** A text as the bytes that go over the wire. */
export function bytesOf(text: string, charset: Charset = 'utf8'): Uint8Array<ArrayBuffer> {
  switch (charset) {
    case 'utf8':
      return plain(Buffer.from(text));
    case 'bom':
      return plain(Buffer.from(`\uFEFF${text}`));
    case 'utf16le':
      return plain(Buffer.from(`\uFEFF${text}`, 'utf16le'));
    case 'utf16be':
      return plain(Buffer.from(`\uFEFF${text}`, 'utf16le').swap16());
    case 'latin1':
      return plain(Buffer.from(asLatin1(text), 'latin1'));
  }
}

/** What a server does that has no better charset: letters that there are none of become question marks. */
function asLatin1(text: string): string {
  return Array.from(text, (letter) => ((letter.codePointAt(0) ?? 0) < 256 ? letter : '?')).join('');
}

function plain(buffer: Buffer): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(new ArrayBuffer(buffer.length));
  bytes.set(buffer);
  return bytes;
}
