/** A place within the app's page, in the form of the `history` package (version 4). */
type Place = {
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
  readonly state: unknown;
  readonly key: string;
};
type Action = 'POP' | 'PUSH' | 'REPLACE';
type Listener = (place: Place, action: Action) => void;
type Target = string | Partial<Place>;

/** The address of the product page, as far as it belongs to the app's page: `/callers`. */
export type Address = {
  /** Where the app's page starts. */
  readonly start: string;
  readonly show: (how: 'push' | 'replace', path: string) => void;
  readonly go: (steps: number) => void;
  /** Told where the browser's Back and Forward lead. */
  readonly onArrive: (arrive: (path: string) => void) => void;
};

/** What `view.createHistory` answers: the address of the product page, for an app that has the page to itself. */
export function createHistory(address: Address): object {
  const listeners = new Set<Listener>();
  const moved = (place: Place, action: Action): void => {
    history.location = place;
    history.action = action;
    listeners.forEach((listener) => listener(place, action));
  };
  const history = {
    length: 1,
    action: 'POP' as Action,
    location: placeOf(address.start, undefined),
    listen: (listener: Listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    push: (target: Target, state?: unknown) => {
      const place = placeOf(target, state);
      address.show('push', hrefOf(place));
      history.length += 1;
      moved(place, 'PUSH');
    },
    replace: (target: Target, state?: unknown) => {
      const place = placeOf(target, state);
      address.show('replace', hrefOf(place));
      moved(place, 'REPLACE');
    },
    go: address.go,
    goBack: () => address.go(-1),
    goForward: () => address.go(1),
    createHref: hrefOf,
  };
  address.onArrive((path) => moved(placeOf(path, undefined), 'POP'));
  return history;
}

function hrefOf({ pathname = '/', search = '', hash = '' }: Partial<Place>): string {
  return pathname + search + hash;
}

function placeOf(target: Target, state: unknown): Place {
  const text = typeof target === 'string' ? target : hrefOf(target);
  const { pathname, search, hash } = new URL(text, 'http://app.invalid');
  return {
    pathname,
    search,
    hash,
    state: typeof target === 'string' ? state : (target.state ?? state),
    key: crypto.randomUUID(),
  };
}
