import { bytesOf } from '../../../../src/adapters/shorterloop/bytes';
import { isPlainUtf8, textOf } from '../../../../src/adapters/shorterloop/text';

const LATIN = Uint8Array.of(0x41, 0xfc);

describe('the text of bytes', () => {
  it.each<[string, readonly number[], string]>([
    ['UTF-16, the small end first', [0xff, 0xfe, 0x41, 0x00], 'A'],
    ['UTF-16, the large end first', [0xfe, 0xff, 0x00, 0x41], 'A'],
    ['UTF-8 with a mark', [0xef, 0xbb, 0xbf, 0x41], 'A'],
  ])('is told by its mark, whatever the charset: %s', (_what, bytes, text) => {
    expect(textOf(Uint8Array.from(bytes), 'text/plain; charset=iso-8859-1')).toBe(text);
  });

  it.each<[string, readonly number[]]>([
    ['the first byte of a mark alone', [0xff, 0x41]],
    ['another first one', [0xfe, 0x41]],
    ['a third first one', [0xef, 0x41]],
    ['the second byte of a mark alone', [0x41, 0xfe]],
    ['another second one', [0x41, 0xff]],
    ['a third second one', [0x41, 0xbb]],
  ])('is told by its charset without a whole mark: %s', (_what, bytes) => {
    const latin = Buffer.from(bytes).toString('latin1');
    expect(textOf(Uint8Array.from(bytes), 'text/plain; charset=iso-8859-1')).toBe(latin);
    expect(isPlainUtf8(Uint8Array.from(bytes), 'text/plain; charset=iso-8859-1')).toBe(false);
    expect(isPlainUtf8(Uint8Array.from(bytes), null)).toBe(true);
  });

  it.each([
    'text/plain;charset=iso-8859-1',
    'text/plain;  CharSet = "ISO-8859-1"',
    'text/plain; charset  =iso-8859-1; x=1',
    'text/plain; charset=  iso-8859-1',
  ])('is told by a charset however it is written: %s', (type) => {
    expect(textOf(LATIN, type)).toBe('Aü');
    expect(isPlainUtf8(LATIN, type)).toBe(false);
  });

  it.each([null, '', 'text/plain', 'charset=iso-8859-1', 'text/plain; charset=', 'text/plain; charset=nobody-knows'])(
    'is UTF-8 where nothing else is said: %j',
    (type) => {
      expect(textOf(Buffer.from('Aü'), type)).toBe('Aü');
      expect(isPlainUtf8(Buffer.from('Aü'), type)).toBe(true);
    },
  );

  it('is UTF-8 too where its charset says so by another name', () => {
    expect(isPlainUtf8(LATIN, 'text/plain; charset=utf8')).toBe(true);
    expect(isPlainUtf8(Uint8Array.of(0xff, 0xfe), null)).toBe(false);
    expect(isPlainUtf8(Uint8Array.of(0xfe, 0xff), null)).toBe(false);
  });
});

describe('the bytes of an answer', () => {
  const all = async (answer: Parameters<typeof bytesOf>[0]): Promise<number[]> => {
    const found: number[] = [];
    for await (const part of bytesOf(answer)) found.push(...part);
    return found;
  };
  const whole = () => Promise.resolve(Uint8Array.of(9).buffer);

  it('are those of its stream, and nothing that stands in it beside them', async () => {
    let cancelled = 0;
    const body = new ReadableStream({
      start: (stream) => {
        for (const part of [Uint8Array.of(1, 2), 'text', null, Uint8Array.of(3)]) stream.enqueue(part);
        stream.close();
      },
      cancel: () => void (cancelled += 1),
    });
    const cancel = jest.spyOn(ReadableStreamDefaultReader.prototype, 'cancel');
    expect(await all({ body, arrayBuffer: whole })).toEqual([1, 2, 3]);
    expect([cancelled, cancel.mock.calls.length]).toEqual([0, 0]);
  });

  it.each([undefined, null, 'no stream', { getReader: 1 }])('are all of it without a stream: %j', async (body) => {
    expect(await all({ body, arrayBuffer: whole })).toEqual([9]);
    expect(await all({ arrayBuffer: whole })).toEqual([9]);
  });

  it.each([
    ['cancels', () => undefined],
    ['can not be cancelled', () => Promise.reject(new Error('no'))],
  ])('are given up where somebody stops, and that is no error where it %s', async (_what, cancel) => {
    const cancelled = jest.fn(cancel);
    const body = new ReadableStream({
      pull: (stream) => stream.enqueue(Uint8Array.of(1)),
      cancel: cancelled,
    });
    for await (const part of bytesOf({ body, arrayBuffer: whole })) {
      expect([...part]).toEqual([1]);
      break;
    }
    expect(cancelled).toHaveBeenCalledTimes(1);
    await new Promise((resolve) => setImmediate(resolve));
  });
});
