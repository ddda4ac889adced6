import { useCallback, useState } from 'react';
import type { EmptyResult, ManageCall, ManageOutcome, ManageResult, SegmentsView } from '@contract';
import { ask, type PageProblem } from '../../shared/ask';
import { useLoaded, type Loadable } from '../../shared/useLoaded';
import { invoke } from '../api';

/** What came of the last thing that was asked for; null before the first. */
export type Notice =
  | { readonly kind: 'outcome'; readonly outcome: ManageOutcome }
  | { readonly kind: 'stuck'; readonly left: number }
  | { readonly kind: 'problem'; readonly problem: PageProblem }
  | null;

/** The segments, with what an admin can do about them. */
export type Segments = Pick<Loadable<SegmentsView>, 'state' | 'reload'> & {
  readonly notice: Notice;
  readonly isBusy: boolean;
  /** How many members a segment that is being emptied still has; null when none is. */
  readonly leaving: number | null;
  /** Sends calls one after the other until one does not work; answers whether all of them did, and tells of each. */
  readonly send: (
    calls: readonly (readonly [call: ManageCall, people: number])[],
    trial: boolean,
    onDone?: (call: ManageCall) => void,
  ) => Promise<boolean>;
  /** Lets everyone leave a segment, and then deletes it. */
  readonly remove: (segmentId: number, trial: boolean) => Promise<boolean>;
};

const load = () => invoke('admin.segments');

/** Loads the segments and keeps what later answers say of them. */
export function useSegments(): Segments {
  const { state, reload, keep } = useLoaded<SegmentsView>(load);
  const [notice, setNotice] = useState<Notice>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [leaving, setLeaving] = useState<number | null>(null);

  const send = useCallback<Segments['send']>(
    async (calls, trial, onDone) => {
      setIsBusy(true);
      setNotice(null);
      let works = true;
      let isStale = false;
      for (const [call, people] of calls) {
        const asked = await ask<ManageResult>(invoke('admin.manage', { call, people, trial }));
        setNotice(asked.kind === 'ok' ? { kind: 'outcome', outcome: asked.value.outcome } : asked);
        const view = asked.kind === 'ok' ? asked.value.view : null;
        if (view !== null) keep(view);
        isStale = view === null;
        works = asked.kind === 'ok' && (asked.value.outcome === 'confirmed' || asked.value.outcome === 'accepted');
        if (!works) break;
        onDone?.(call);
      }
      setIsBusy(false);
      if (works && isStale) reload();
      return works;
    },
    [keep, reload],
  );

  const empty = async (segmentId: number): Promise<boolean> => {
    for (;;) {
      const asked = await ask<EmptyResult>(invoke('admin.emptySegment', { segmentId }));
      if (asked.kind === 'problem') {
        setNotice(asked);
        return false;
      }
      const { removed, left } = asked.value;
      setLeaving(left);
      if (left === 0) return true;
      if (removed > 0) continue;
      setNotice({ kind: 'stuck', left });
      return false;
    }
  };

  const remove: Segments['remove'] = async (segmentId, trial) => {
    setIsBusy(true);
    setNotice(null);
    const isEmpty = await empty(segmentId);
    setLeaving(null);
    setIsBusy(false);
    if (isEmpty) return send([[{ route: 'deleteSegment', segmentId }, 0]], trial);
    reload();
    return false;
  };

  return { state, reload, notice, isBusy, leaving, send, remove };
}
