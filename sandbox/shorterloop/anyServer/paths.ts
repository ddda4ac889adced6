import { PROFILE_READS, PROFILE_WRITES, type ProfileRead, type ProfileWrite, type ServerProfile } from '../profile';

/** What a request to a profile's server asks for. */
export type Aim =
  | { readonly kind: 'read'; readonly read: ProfileRead; readonly segmentId: number }
  | { readonly kind: 'write'; readonly write: ProfileWrite; readonly from: number | null; readonly to: number | null }
  /** GET where only writes listen. */
  | {
      readonly kind: 'getOnWrite';
      readonly write: ProfileWrite;
      readonly from: number | null;
      readonly to: number | null;
    }
  | { readonly kind: 'slash'; readonly path: string }
  | { readonly kind: 'options'; readonly verbs: readonly string[] }
  | { readonly kind: 'wrongVerb'; readonly verbs: readonly string[] }
  | { readonly kind: 'unknown' };

type Found = { readonly verb: string; readonly aim: Aim };

/** Finds what a request asks for. */
export function findAim(profile: ServerProfile, method: string, path: string): Aim {
  const [plain = '', query = ''] = path.split('?');
  const asked = { plain: trimmed(plain), query: new URLSearchParams(query) };
  const found = [...readsAt(profile, asked), ...writesAt(profile, asked)];
  if (found.length === 0) return { kind: 'unknown' };
  const slash = slashAnswer(profile, plain, query);
  if (slash !== null) return slash;
  const verbs = [...new Set(found.map(({ verb }) => verb))];
  if (method === 'OPTIONS') return { kind: 'options', verbs };
  const hit = found.find(({ verb }) => verb === method);
  if (hit !== undefined) return hit.aim;
  const write = found.map(({ aim }) => aim).find((aim) => aim.kind === 'write');
  if (method === 'GET' && profile.deeds.getRuns && write !== undefined) return { ...write, kind: 'getOnWrite' };
  return { kind: 'wrongVerb', verbs };
}

type AskedPath = { readonly plain: string; readonly query: URLSearchParams };

function readsAt({ routes }: ServerProfile, asked: AskedPath): Found[] {
  return PROFILE_READS.flatMap((read) => {
    const template = routes[read];
    const ids = template === null ? null : idsIn(template, asked);
    return ids === null ? [] : [{ verb: 'GET', aim: { kind: 'read', read, segmentId: ids.get('id') ?? 0 } as const }];
  });
}

function writesAt({ routes }: ServerProfile, asked: AskedPath): Found[] {
  return PROFILE_WRITES.flatMap((write) =>
    routes[write].flatMap(({ verb, path }) => {
      const ids = idsIn(path, asked);
      if (ids === null) return [];
      return [
        { verb, aim: { kind: 'write', write, from: ids.get('from') ?? null, to: ids.get('to') ?? null } as const },
      ];
    }),
  );
}

/** The ids in a path that fits a template; null for another path. */
function idsIn(template: string, { plain, query }: AskedPath): Map<string, number> | null {
  const [pattern = '', wanted = ''] = template.split('?');
  for (const [name, value] of new URLSearchParams(wanted)) if (query.get(name) !== value) return null;
  const [holes, parts] = [trimmed(pattern).split('/'), plain.split('/')];
  if (holes.length !== parts.length) return null;
  const ids = new Map<string, number>();
  for (const [place, hole] of holes.entries()) {
    const part = parts[place] ?? '';
    const name = /^\{(\w+)\}$/.exec(hole)?.[1];
    if (name === undefined ? hole !== part : !/^[1-9]\d{0,14}$/.test(part)) return null;
    if (name !== undefined) ids.set(name, Number(part));
  }
  return ids;
}

function slashAnswer({ routes: { slash } }: ServerProfile, plain: string, query: string): Aim | null {
  const has = plain.endsWith('/');
  if (slash === 'either' || has === (slash !== 'forbidden')) return null;
  if (slash === 'required' || slash === 'forbidden') return { kind: 'unknown' };
  return { kind: 'slash', path: `${plain}/${query === '' ? '' : `?${query}`}` };
}

function trimmed(path: string): string {
  return path.endsWith('/') && path.length > 1 ? path.slice(0, -1) : path;
}
