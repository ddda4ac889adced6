import { createContext } from 'react';
import type { Act } from '@contract';

/** What someone asked for, where their permission decides it: a refusal says what it is about. */
export type AskedFor = {
  /** `administer`: what only Jira's admins may, whatever the rules say. Null where it is not known. */
  readonly act: Act | 'administer' | null;
  /** Where the permission is held that was asked of Jira; null where it is not known. */
  readonly place: 'issue' | 'project' | 'anywhere' | null;
};

/** Nothing is known of what was asked for. */
export const ASKED_SOMETHING: AskedFor = { act: null, place: null };

/** What a page asks for wherever it says nothing closer. */
export const AskedForContext = createContext<AskedFor>(ASKED_SOMETHING);
