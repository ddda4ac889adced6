import { useCallback, useEffect, useRef, useState } from 'react';
import type { ApiClientNames, LedgerFilter, LedgerPage, LedgerRecord, RuleFailure } from '@contract';
import { ask, type PageProblem } from '../../shared/ask';
import { invoke } from '../api';

/** What is known of a search: entries so far, how far it looked, and whether it is asking just now. */
export type LedgerList = {
  readonly entries: readonly LedgerRecord[];
  readonly apiClients: ApiClientNames;
  /** Where it goes on; null at the end. */
  readonly next: string | null;
  readonly lookedBackToMs: number | null;
  readonly isLoading: boolean;
  readonly problem: PageProblem | null;
  /** A rule that failed under the operation id that was looked for. */
  readonly ruleFailure: RuleFailure | null;
};

const EMPTY: LedgerList = {
  entries: [],
  apiClients: {},
  next: null,
  lookedBackToMs: null,
  isLoading: true,
  problem: null,
  ruleFailure: null,
};
/** So many parts without an entry are passed over by itself; after that the viewer decides. */
const MAX_EMPTY_PARTS = 20;

/** Searches the ledger part by part. An answer that comes after a newer search is dropped. */
export function useLedger(filter: LedgerFilter): {
  readonly list: LedgerList;
  readonly more: () => void;
  readonly reload: () => void;
} {
  const [list, setList] = useState<LedgerList>(EMPTY);
  const search = useRef(0);
  const load = useCallback(
    async (known: LedgerList) => {
      search.current += 1;
      const own = search.current;
      const isCurrent = (): boolean => search.current === own;
      let so: LedgerList = { ...known, isLoading: true, problem: null };
      setList(so);
      for (let parts = 0; parts < MAX_EMPTY_PARTS; parts += 1) {
        const answer = await ask<LedgerPage>(invoke('admin.ledgerPage', { filter, after: so.next }));
        if (!isCurrent()) return;
        if (answer.kind === 'problem') return setList({ ...so, isLoading: false, problem: answer.problem });
        const { entries, apiClients, next, lookedBackToMs, ruleFailure } = answer.value;
        so = {
          ...so,
          entries: [...so.entries, ...entries],
          apiClients: { ...so.apiClients, ...apiClients },
          next,
          lookedBackToMs,
          ruleFailure,
        };
        if (entries.length > 0 || next === null) break;
        setList(so);
      }
      setList({ ...so, isLoading: false });
    },
    [filter],
  );
  useEffect(() => {
    void load(EMPTY);
    return () => {
      search.current += 1;
    };
  }, [load]);
  const more = useCallback(() => void load(list), [load, list]);
  const reload = useCallback(() => void load(EMPTY), [load]);
  return { list, more, reload };
}
