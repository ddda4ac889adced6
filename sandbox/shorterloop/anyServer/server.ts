import type { ServerProfile } from '../profile';
import type { State } from '../state';
import type { TestingGround } from '../types';
import type { Memory } from './memory';
import type { RowIds } from './records';

/** What the answers of one server are made from. */
export type AnyServer = {
  readonly profile: ServerProfile;
  readonly state: State;
  readonly memory: Memory;
  readonly rowIds: RowIds;
  readonly testing: TestingGround | null;
};
