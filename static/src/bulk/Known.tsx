import { useEffect, useState } from 'react';
import type { SyncSummary } from '@contract';
import { ask } from '../shared/ask';
import { KnownPeople } from '../shared/KnownPeople';
import { invoke } from './api';

/** How many reporters are known: a run changes nobody else. It is of use without, and asks once. */
export function Known() {
  const [summary, setSummary] = useState<SyncSummary | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void ask<SyncSummary | null>(invoke('bulk.known', undefined)).then((answer) => {
      if (isCurrent && answer.kind === 'ok') setSummary(answer.value);
    });
    return () => {
      isCurrent = false;
    };
  }, []);
  return <KnownPeople summary={summary} />;
}
