/**
 * The text of an answer's bytes: by its byte order mark, else by the charset that its content type names, else as
 * UTF-8. A mark is no part of the text.
 * @see https://www.rfc-editor.org/rfc/rfc8259#section-8.1 JSON is UTF-8, and readers may ignore a mark
 */
export function textOf(bytes: Uint8Array, contentType: string | null): string {
  return decoderOf(encodingOf(bytes, contentType)).decode(bytes);
}

/** Whether bytes can be read as UTF-8 from the first one on; only the first few are looked at. */
export function isPlainUtf8(bytes: Uint8Array, contentType: string | null): boolean {
  return encodingOf(bytes, contentType) === 'utf-8';
}

function encodingOf([first, second]: Uint8Array, contentType: string | null): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xef && second === 0xbb) return 'utf-8';
  const named = /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(contentType ?? '')?.[1];
  return named === undefined ? 'utf-8' : decoderOf(named).encoding;
}

/** A decoder that leaves marks out; of UTF-8 where the name is of none that is known. */
function decoderOf(encoding: string) {
  try {
    return new TextDecoder(encoding);
  } catch {
    return new TextDecoder();
  }
}
