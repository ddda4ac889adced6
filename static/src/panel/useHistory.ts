import { useEffect, useRef } from 'react';
import type { HistoryInput, HistoryRow, PanelView } from '@contract';
import { ask } from '../shared/ask';
import { invoke } from './api';
import { isOld, type Check } from './useReadThrough';

/**
 * Asks for the history where the opening left it out, once for each view. A view that is too old is read afresh with
 * its history, so that only a reading that failed leaves it to this. One that can't be read is left out: the panel is
 * of use without.
 * @param replace gets the view that was asked about and the one with its history; the first may no longer be on screen
 */
export function useHistory(
  view: PanelView | null,
  check: Check,
  replace: (before: PanelView, after: PanelView) => void,
): void {
  const asked = useRef<PanelView | null>(null);
  useEffect(() => {
    if (view === null || view.history !== null || asked.current === view) return;
    if (isOld(view) && check !== 'failed') return;
    asked.current = view;
    void ask<readonly HistoryRow[]>(invoke('panel.history', { shown: shownOf(view) })).then((answer) => {
      if (answer.kind === 'ok') replace(view, { ...view, history: answer.value });
    });
  }, [view, check, replace]);
}

function shownOf({ match }: PanelView): HistoryInput['shown'] {
  return match.state === 'linked' ? { id: match.member.id, segmentIds: match.member.segmentIds } : null;
}
