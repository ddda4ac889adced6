const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN = { object: 0x7b, list: 0x5b };
const CLOSE = { object: 0x7d, list: 0x5d };
/** An answer whose long lists were taken apart. */
export type Pieces = {
  /** The answer with a pair in place of each row of elements: the number of the first, and how many they are. */
  readonly json: unknown;
  /** What was kept of each element, in the order of the text. */
  readonly kept: readonly unknown[];
};

/** Reads JSON as it arrives. */
export type PieceReader = {
  /** Throws SyntaxError for what is no JSON. */
  readonly write: (bytes: Uint8Array) => void;
  /** Call it once, after the last byte. Throws SyntaxError for what is no JSON, or not all of it. */
  readonly end: () => Pieces;
};

/** How many elements are parsed at once: each on its own would cost more than it saves. */
const GROUP = 256;

/**
 * Reads JSON of which a list may hold 100,000 objects, so that neither its text nor its objects ever stand in
 * memory as a whole: the objects of a list at one level are parsed in small groups, and only what `keep` makes of each
 * stays. The rest is parsed as usual. Measured against a streaming parser of a library, which
 * took three times as long: docs/benchmarks.md.
 * @param listLevel 3 for `{"data": {"users": [`, whose elements are objects at the fourth level
 */
export function createPieceReader(listLevel: number, keep: (element: unknown) => unknown): PieceReader {
  const collector = createCollector(keep);
  /** What came since the last element, and the begun part of one that is not complete. */
  let between: Uint8Array[] = [];
  let begun: Uint8Array[] = [];
  /**
   * Of the bytes at hand: what stands before `from` was used; elements from there to `complete` wait for their group.
   */
  let bytes: Buffer = Buffer.alloc(0);
  let from = 0;
  let complete = 0;
  let waiting = 0;
  let start = 0;

  const takeWaiting = (): void => {
    if (waiting > 0) collector.take(bytes.toString('utf8', from, complete));
    if (waiting > 0) from = complete;
    waiting = 0;
  };
  const beginElement = (at: number): void => {
    start = at;
    if (waiting > 0 && isComma(bytes, complete, at)) return;
    takeWaiting();
    between.push(bytes.subarray(from, at));
    collector.beginRow(textOf(between));
    between = [];
    from = at;
  };
  const endElement = (end: number): void => {
    if (begun.length > 0) {
      collector.take(textOf([...begun, bytes.subarray(0, end)]));
      begun = [];
      from = end;
      return;
    }
    complete = end;
    waiting += 1;
    if (waiting === GROUP) takeWaiting();
  };
  const scanner = createScanner(listLevel, beginElement, endElement);

  return {
    write: (chunk) => {
      bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      from = complete = waiting = start = 0;
      scanner.scan(bytes);
      takeWaiting();
      // The bytes may be the stream's own, to be used again.
      if (scanner.isInElement()) begun.push(Uint8Array.from(bytes.subarray(begun.length > 0 ? 0 : start)));
      else between.push(Uint8Array.from(bytes.subarray(from)));
    },
    end: () => {
      if (scanner.isInElement()) throw new SyntaxError('The answer ends within an element');
      return collector.end(textOf(between));
    },
  };
}

/** Keeps what `keep` makes of each element, and the rest of the answer as text with a pair in place of each row. */
function createCollector(keep: (element: unknown) => unknown) {
  const kept: unknown[] = [];
  const skeleton: string[] = [];
  let row: { readonly first: number; count: number } | null = null;
  const endRow = (): void => {
    if (row !== null) skeleton.push(`[${String(row.first)},${String(row.count)}]`);
    row = null;
  };
  return {
    /** Takes elements, separated by commas. */
    take: (text: string): void => {
      const elements: unknown = JSON.parse(`[${text}]`);
      if (!Array.isArray(elements) || row === null) return;
      for (const element of elements) kept.push(keep(element));
      row.count += elements.length;
    },
    /** An element begins after this text: in the same row after a comma, in a new one after anything else. */
    beginRow: (text: string): void => {
      if (row !== null && text.trim() === ',') return;
      endRow();
      skeleton.push(text);
      row = { first: kept.length, count: 0 };
    },
    end: (text: string): Pieces => {
      endRow();
      skeleton.push(text);
      return { json: JSON.parse(skeleton.join('').replace(/^\ufeff/, '')), kept };
    },
  };
}

/** Finds where the objects of a list at that level begin and end, whatever the bytes are cut into. */
function createScanner(listLevel: number, begin: (at: number) => void, end: (end: number) => void) {
  let isInElement = false;
  let isInString = false;
  let isEscaped = false;
  let level = 0;
  let lists = 0;
  return {
    isInElement: (): boolean => isInElement,
    scan: (bytes: Buffer): void => {
      for (let at = 0; at < bytes.length; at += 1) {
        const byte = bytes[at];
        if (isInString) {
          if (isEscaped) isEscaped = false;
          else if (byte === BACKSLASH) isEscaped = true;
          else if (byte === QUOTE) isInString = false;
        } else if (byte === QUOTE) isInString = true;
        else if (byte === OPEN.object || byte === OPEN.list) {
          if (byte === OPEN.object && level === listLevel && lists === 1) {
            isInElement = true;
            begin(at);
          }
          // Of the levels up to the list's only that one may be a list: elsewhere objects stay where they are.
          if (byte === OPEN.list && level < listLevel) lists += level === listLevel - 1 ? 1 : 2;
          level += 1;
        } else if (byte === CLOSE.object || byte === CLOSE.list) {
          level -= 1;
          if (byte === CLOSE.list && level < listLevel) lists -= level === listLevel - 1 ? 1 : 2;
          if (isInElement && level === listLevel) {
            isInElement = false;
            end(at + 1);
          }
        }
      }
    },
  };
}

function textOf(parts: readonly Uint8Array[]): string {
  return Buffer.concat(parts).toString('utf8');
}

function isComma(bytes: Buffer, from: number, until: number): boolean {
  return until - from === 1 ? bytes[from] === COMMA : bytes.toString('latin1', from, until).trim() === ',';
}
