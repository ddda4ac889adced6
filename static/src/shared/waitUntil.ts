const LOOK_MS = 2_000;

/**
 * Waits until a moment (milliseconds since the epoch), looking every few seconds whether it is still
 * wanted; answers whether it is.
 */
export async function waitUntil(untilMs: number, isWanted: () => boolean): Promise<boolean> {
  while (isWanted() && Date.now() < untilMs) {
    const waitMs = Math.min(LOOK_MS, untilMs - Date.now());
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  return isWanted();
}
