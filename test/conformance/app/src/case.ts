/** Makes a storage key that no other case uses. */
export type KeyOf = (name: string) => string;

/** One question to the platform. */
export type Case = {
  /** Area, then what is asked: `storage.set-existing`. The recorded answers name it. */
  readonly id: string;
  /** What is asked, in a sentence. */
  readonly title: string;
  /** The file of this project that holds what the sandbox answers, or that relies on it. */
  readonly believes: string;
  /** The value names a moment, an id or an account: only its shape can be compared. */
  readonly isVolatile?: true;
  /** The sandbox has nothing that could answer: only a real site can. */
  readonly isOnlyOnSite?: true;
  /** Sets going what is asked for later. */
  readonly begin?: (key: KeyOf) => Promise<unknown>;
  /** When to ask: `later` for what an event, a person or time has to bring. At once unless given. */
  readonly when?: 'later';
  readonly ask: (key: KeyOf) => Promise<unknown>;
};
