import { useState } from 'react';
import type { Verdict } from '@contract';
import { ask, type PageProblem } from '../../shared/ask';
import type { FoundPerson } from '../../shared/findPeople';
import { invoke } from '../api';
import { makeDraft, useDraft } from '../../shared/useDraft';

/** Whom a test can be about. */
export const WHOM = ['person', 'app'] as const;
type Whom = (typeof WHOM)[number];

type Question = { readonly whom: Whom; readonly person: FoundPerson | null; readonly issueKey: string };
const NO_QUESTION: Question = { whom: 'person', person: null, issueKey: '' };
const TYPED_QUESTION = makeDraft<Question>();

type Testing =
  | { readonly state: 'idle' | 'testing' }
  | { readonly state: 'failed'; readonly problem: PageProblem }
  | { readonly state: 'told'; readonly verdicts: readonly Verdict[] };

export type TestAs = ReturnType<typeof useTestAs>;

/** Whom and what a test is about, and what it told. */
export function useTestAs() {
  const { value: question, change } = useDraft(TYPED_QUESTION, NO_QUESTION);
  const { whom, person, issueKey } = question;
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
    setIssueKey: (typed: string) => change({ ...question, issueKey: typed }),
    chooseWhom: (chosen: Whom) => {
      change({ ...question, whom: chosen });
      setTesting({ state: 'idle' });
    },
    choosePerson: (chosen: FoundPerson | null) => {
      change({ ...question, person: chosen });
      setTesting({ state: 'idle' });
    },
    test: () => void test(),
  };
}
