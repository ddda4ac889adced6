/** What must not be found: a name for it, and the text. */
export type Needle = { readonly name: string; readonly text: string };
/** A place in which is looked: a name for it, and everything that stands there. */
export type Haystack = { readonly place: string; readonly text: string };

/** Every place in which a needle stands, as it is or in another writing: `place: name`. */
export function tracesOf(needles: readonly Needle[], haystacks: readonly Haystack[]): string[] {
  const found: string[] = [];
  for (const { place, text } of haystacks) {
    const lower = text.toLowerCase();
    for (const needle of needles) {
      if (writingsOf(needle.text).some((writing) => lower.includes(writing))) found.push(`${place}: ${needle.name}`);
    }
  }
  return found;
}

/** A text as it may be written: plain, in a URL, in JSON, in Base64 wherever it begins. Lower case. */
function writingsOf(text: string): string[] {
  const shifted = [0, 1, 2].map((before) => {
    const whole = Buffer.from('\0'.repeat(before) + text).toString('base64');
    // The first and the last characters depend on what stands around.
    return whole.slice(before === 0 ? 0 : before + 1, -4);
  });
  return [text, encodeURIComponent(text), JSON.stringify(text).slice(1, -1), ...shifted].map((writing) =>
    writing.toLowerCase(),
  );
}
