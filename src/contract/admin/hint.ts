import type { Result } from '../result';

/** The address at which Shorter Loop may say that something has changed. Times are milliseconds since the epoch. */
export type HintView = {
  readonly url: string;
  /** Since when its secret holds; null while none was made, and the address takes nothing. */
  readonly rotatedAtMs: number | null;
  /** When the last hint came; null while none has. */
  readonly lastHintAtMs: number | null;
};

/** The functions of the card about it. */
export type HintDefinitions = {
  'admin.hintAddress': () => Result<HintView>;
  /** Makes a new secret, which is told in this answer and kept nowhere; the one before opens nothing any more. */
  'admin.rotateHint': () => Result<{ readonly view: HintView; readonly secret: string }>;
};
