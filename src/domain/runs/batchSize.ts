/** The sizes that a site is tried with, each once the one before it was confirmed. */
export const BATCH_SIZES = [1, 10, 100, 500] as const;

/** What a batch tells of its size: it was confirmed to the last member, it went wrong, or it says nothing. */
export type SizeVerdict = 'confirmed' | 'trouble' | 'nothing';

/**
 * The size that comes next: a step up when a batch of this size was confirmed, a step down after trouble.
 * A smaller batch than the size allows proves nothing.
 */
export function nextSize(size: number, sent: number, verdict: SizeVerdict): number {
  const index = BATCH_SIZES.findLastIndex((one) => one <= size);
  if (verdict === 'trouble') return BATCH_SIZES[index - 1] ?? 1;
  if (verdict === 'nothing' || sent < size) return size;
  return BATCH_SIZES[index + 1] ?? size;
}
