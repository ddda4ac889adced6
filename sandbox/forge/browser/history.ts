/** A place within the app's page, in the form of the `history` package (version 4). */
type Place = { readonly pathname: string; readonly search: string; readonly hash: string; readonly state: unknown; readonly key: string };
type Action = 'POP' | 'PUSH' | 'REPLACE';
type Listener = (place: Place, action: Action) => void;
type Target = string | Partial<Place>;

/** What `view.createHistory` answers: a history of its own, in memory. */
export function createHistory(): object {
  const listeners = new Set<Listener>();
  const places: Place[] = [placeOf('/', undefined)];
  let at = 0;
  const here = (): Place => places[at] ?? placeOf('/', undefined);
  const moved = (action: Action): void => {
    history.location = here();
    history.action = action;
    history.length = places.length;
    listeners.forEach((listener) => listener(here(), action));
  };
  const go = (steps: number): void => {
    at = Math.min(places.length - 1, Math.max(0, at + steps));
    moved('POP');
  };
  const history = {
    length: 1,
    action: 'POP' as Action,
    location: here(),
    listen: (listener: Listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    push: (target: Target, state?: unknown) => {
      places.splice((at += 1), Number.POSITIVE_INFINITY, placeOf(target, state));
      moved('PUSH');
    },
    replace: (target: Target, state?: unknown) => {
      places[at] = placeOf(target, state);
      moved('REPLACE');
    },
    go,
    goBack: () => go(-1),
    goForward: () => go(1),
    createHref: ({ pathname = '/', search = '', hash = '' }: Partial<Place>) => pathname + search + hash,
  };
  return history;
}

function placeOf(target: Target, state: unknown): Place {
  const text = typeof target === 'string' ? target : `${target.pathname ?? '/'}${target.search ?? ''}${target.hash ?? ''}`;
  const { pathname, search, hash } = new URL(text, 'http://app.invalid');
  return { pathname, search, hash, state: typeof target === 'string' ? state : (target.state ?? state), key: crypto.randomUUID() };
}
