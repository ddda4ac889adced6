import { useCallback, useEffect, useRef, useState } from 'react';
import type { PanelView } from '@contract';
import { ask } from '../shared/ask';
import { invoke } from './api';

/** Whether Shorter Loop is being asked about what the directory told. */
export type Check = 'none' | 'running' | 'failed';

/**
 * Asks Shorter Loop about the one person on screen, once for each view that is too old to be trusted.
 * @param replace gets the view that was asked about and the one that was read; the first may no longer be on screen
 */
export function useReadThrough(
  view: PanelView | null,
  replace: (before: PanelView, after: PanelView) => void,
): { readonly check: Check; readonly again: () => void } {
  const [check, setCheck] = useState<Check>('none');
  const asked = useRef<PanelView | null>(null);

  const read = useCallback(
    async (before: PanelView) => {
      asked.current = before;
      setCheck('running');
      const answer = await ask<PanelView>(invoke('panel.readThrough'));
      if (asked.current !== before) return;
      setCheck(answer.kind === 'ok' ? 'none' : 'failed');
      if (answer.kind === 'ok') replace(before, answer.value);
    },
    [replace],
  );

  useEffect(() => {
    if (view !== null && view !== asked.current && isOld(view)) void read(view);
  }, [view, read]);

  const again = useCallback(() => {
    if (view !== null) void read(view);
  }, [view, read]);
  return { check, again };
}

/** Whether what the directory told is too old to be shown without asking. */
export function isOld({ source }: PanelView): boolean {
  return source.kind === 'directory' && source.age !== 'fresh';
}
