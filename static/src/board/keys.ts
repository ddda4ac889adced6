/** What a key asks of a list; `go` is any that leads to another row. */
export type KeyAct = 'go' | 'sideways' | 'toggle' | 'all' | 'clear' | 'move' | 'remove' | 'add';

/** How many rows PageUp and PageDown pass over. */
const PAGE_ROWS = 10;

type Key = { readonly key: string; readonly ctrlKey: boolean; readonly metaKey: boolean; readonly altKey: boolean };

/** What a key asks of a list; null for one that it leaves to the browser. */
export function actOfKey({ key, ctrlKey, metaKey, altKey }: Key): KeyAct | null {
  if (altKey) return null;
  if (ctrlKey || metaKey) return key.toLowerCase() === 'a' ? 'all' : null;
  switch (key) {
    case 'ArrowUp':
    case 'ArrowDown':
    case 'PageUp':
    case 'PageDown':
    case 'Home':
    case 'End':
      return 'go';
    case 'ArrowLeft':
    case 'ArrowRight':
      return 'sideways';
    case ' ':
      return 'toggle';
    case 'Escape':
      return 'clear';
    case 'm':
    case 'M':
    case 'Enter':
      return 'move';
    case 'a':
    case 'A':
      return 'add';
    case 'Delete':
      return 'remove';
    default:
      return null;
  }
}

/**
 * The row that a key leads to.
 * @param row where the keyboard stands; -1 for nowhere yet
 */
export function rowAfter(key: string, row: number, rows: number): number {
  const last = rows - 1;
  switch (key) {
    case 'ArrowUp':
      return Math.max(0, row - 1);
    case 'ArrowDown':
      return Math.min(last, row + 1);
    case 'PageUp':
      return Math.max(0, row - PAGE_ROWS);
    case 'PageDown':
      return Math.min(last, row + PAGE_ROWS);
    case 'End':
      return last;
    default:
      return 0;
  }
}
