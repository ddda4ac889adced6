import { useState } from 'react';
import type { Verdict } from '@contract';
import { ask, type PageProblem } from '../../shared/ask';
import type { FoundPerson } from '../../shared/findPeople';
import { invoke } from '../api';

/** Whom a test can be about. */
export const WHOM = ['person', 'app'] as const;
type Whom = (typeof WHOM)[number];

type Testing =
  | { readonly state: 'idle' | 'testing' }
  | { readonly state: 'failed'; readonly problem: PageProblem }
  | { readonly state: 'told'; readonly verdicts: readonly Verdict[] };

export type TestAs = ReturnType<typeof useTestAs>;

/** Whom and what a test is about, and what it told. */
export function useTestAs() {
  const [whom, setWhom] = useState<Whom>('person');
  const [person, setPerson] = useState<FoundPerson | null>(null);
  const [issueKey, setIssueKey] = useState('');
  const [testing, setTesting] = useState<Testing>({ state: 'idle' });
  const isReady = (whom === 'app' || person !== null) && issueKey.trim() !== '';
  const test = async () => {
    const accountId = whom === 'app' ? null : (person?.accountId ?? null);
    if (whom === 'person' && accountId === null) return;
    setTesting({ state: 'testing' });
    const asked = await ask<readonly Verdict[]>(invoke('admin.testAs', { accountId, issueKey: issueKey.trim() }));
    setTesting(
      asked.kind === 'ok' ? { state: 'told', verdicts: asked.value } : { state: 'failed', problem: asked.problem },
    );
  };
  return {
    whom,
    person,
    issueKey,
    testing,
    isReady,
    setIssueKey,
    chooseWhom: (chosen: Whom) => {
      setWhom(chosen);
      setTesting({ state: 'idle' });
    },
    choosePerson: (chosen: FoundPerson | null) => {
      setPerson(chosen);
      setTesting({ state: 'idle' });
    },
    test: () => void test(),
  };
}
