/** What is needed of an answer to read its bytes. */
export type BytesAnswer = { readonly arrayBuffer: () => Promise<ArrayBuffer>; readonly body?: unknown };

/**
 * The body as it arrives. Forge's types do not name the stream that its runtime's answers have: without one, all of
 * it at once. Whoever stops before the end gives the rest up.
 */
export async function* bytesOf(response: BytesAnswer): AsyncGenerator<Uint8Array> {
  if (!('body' in response && response.body instanceof ReadableStream)) {
    yield new Uint8Array(await response.arrayBuffer());
    return;
  }
  const body: ReadableStreamDefaultReader<unknown> = response.body.getReader();
  let isDone = false;
  try {
    for (let part = await body.read(); !part.done; part = await body.read()) {
      if (part.value instanceof Uint8Array) yield part.value;
    }
    isDone = true;
  } finally {
    if (!isDone) void body.cancel().catch(() => undefined);
  }
}
