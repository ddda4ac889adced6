/** What a dialog of the product asks, in the language of the page that opens it; it is closed with true or nothing. */
export type Confirmation = {
  readonly title: string;
  readonly lines: readonly string[];
  readonly confirm: string;
  readonly cancel: string;
};

/** What stands in the context of a dialog's page; null where it is something else. */
export function confirmationIn(extension: unknown): Confirmation | null {
  const asked = propertyOf(extension, 'modal');
  const [title, confirm, cancel] = ['title', 'confirm', 'cancel'].map((name) => propertyOf(asked, name));
  const lines = propertyOf(asked, 'lines');
  if (typeof title !== 'string' || typeof confirm !== 'string' || typeof cancel !== 'string') return null;
  if (!Array.isArray(lines)) return null;
  return { title, confirm, cancel, lines: lines.filter((line) => typeof line === 'string') };
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
}
