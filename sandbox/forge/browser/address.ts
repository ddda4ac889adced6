import { textAt } from './values';

/** Told when the browser's Back or Forward leads to another place within an app's page. */
export type Arrive = (path: string) => void;

/**
 * The part of the product page's address that belongs to an app's page: what follows the module's
 * key. Forge has it for pages that an app has to itself, and for no other.
 */
export function pathWithin(moduleKey: string): string {
  const base = baseOf(moduleKey);
  if (base === null) throw new Error(`createHistory works only on a page of its own, and ${moduleKey} has none here`);
  return `${location.pathname.slice(base.length) || '/'}${location.search}${location.hash}`;
}

/** Shows a place within an app's page in the address, as a new entry or in place of the last one. */
export function showPath(moduleKey: string, data: unknown): void {
  const base = baseOf(moduleKey) ?? '';
  const path = textAt(data, 'path');
  if (!path.startsWith('/')) throw new Error('A place within a page starts with a slash');
  const url = path === '/' ? base : base + path;
  if (textAt(data, 'how') === 'push') window.history.pushState(null, '', url);
  else window.history.replaceState(null, '', url);
}

/** Calls `arrive` at each Back and Forward. */
export function watchPath(moduleKey: string, arrive: Arrive): void {
  addEventListener('popstate', () => arrive(pathWithin(moduleKey)));
}

function baseOf(moduleKey: string): string | null {
  const parts = location.pathname.split('/');
  const at = parts.indexOf(moduleKey);
  return at === -1 ? null : parts.slice(0, at + 1).join('/');
}
