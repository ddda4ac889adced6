import { plainName } from '@contract';
import { BETWEEN } from './table';

/** The words of a list that was typed or pasted into one line, each once, whatever stands between and around them. */
export function typedList(text: string): string[] {
  return [...new Set(text.split(BETWEEN).map(plainName))].filter((word) => word !== '');
}
