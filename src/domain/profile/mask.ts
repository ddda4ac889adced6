/** A value as it may be shown to tell fields apart: its first character, and of an address each part's. */
export function mask(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '•••';
  const text = String(value).trim();
  return text
    .split('@')
    .map((part) => `${part.slice(0, 1)}•••`)
    .join('@');
}
