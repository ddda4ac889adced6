import { plainName } from '@contract';

/** What stands between the words of a list, on any keyboard. */
const BETWEEN = /[\s,;|，；、｜]+/u;

/** The words of a list that was typed or pasted into one line, each once: whatever separates them. */
export function typedList(text: string): string[] {
  return [...new Set(text.split(BETWEEN).map(plainName))].filter((word) => word !== '');
}
