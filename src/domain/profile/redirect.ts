/** Where a redirect leads that only adds a slash or a query to what was asked; null for every other one. */
export function sameReadPath(origin: string, path: string, location: string | null): string | null {
  if (location === null || !URL.canParse(location, origin + path)) return null;
  const asked = new URL(origin + path);
  const told = new URL(location, asked);
  if (told.origin !== asked.origin || told.hash !== '' || told.username !== '') return null;
  if (unslashed(told.pathname) !== unslashed(asked.pathname)) return null;
  const next = told.pathname + told.search;
  return next === path ? null : next;
}

function unslashed(pathname: string): string {
  return pathname.replace(/\/+$/, '');
}
