import type { WriteKind } from '@contract';
import type { SelectHow } from './selection';

/** What a list can ask of the board. */
export type ListActions = {
  readonly onAsk: (kind: WriteKind, segmentId: number, memberIds: readonly number[]) => void;
  readonly onChoose: (segmentId: number, memberId: number, how: SelectHow, order: () => readonly number[]) => void;
  readonly onChooseAll: (segmentId: number, order: readonly number[]) => void;
  readonly onClear: () => void;
  readonly countActedOn: (segmentId: number, memberId: number) => number;
};
