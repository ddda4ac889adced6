import { useState } from 'react';
import type { BulkAct, JiraEstimate, RunView } from '@contract';
import { t } from '../i18n';
import { ask, type PageProblem } from '../shared/ask';
import { isCostly } from '../shared/Cost';
import { useEstimate } from '../shared/useEstimate';
import { invoke } from './api';
import { check, type Form, type FormErrors } from './form';
import type { Reading } from './useReading';

/** The form of a new run as it stands, and what the user can do with it. */
export type NewRunForm = {
  readonly form: Form;
  readonly problem: PageProblem | null;
  readonly isBusy: boolean;
  /** What the query costs, where it is so much that the user is asked before it is read. */
  readonly asking: JiraEstimate | null;
  /** What the query as it stands costs; null where that is not known. */
  readonly estimate: JiraEstimate | null;
  readonly errorOf: (field: keyof FormErrors) => string | undefined;
  readonly change: (part: Partial<Form>) => void;
  /** Tells that the user is done with typing a query. */
  readonly settle: (jql: string) => void;
  /** Creates the run; `isSure` where the user has agreed to what the query costs. */
  readonly submit: (isSure: boolean) => Promise<void>;
  readonly stopAsking: () => void;
  readonly dismiss: () => void;
};

/** @param first what the form starts with; a blank query for none */
export function useNewRun(
  first: { readonly jql: string; readonly act: BulkAct['kind'] },
  onCreated: (run: RunView, reading: Reading) => void,
): NewRunForm {
  const { jql, act } = first;
  const [form, setForm] = useState<Form>({ source: 'jql', jql, accounts: '', act, from: [], to: '' });
  const [errors, setErrors] = useState<FormErrors>({});
  const [problem, setProblem] = useState<PageProblem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [settled, setSettled] = useState<string | null>(jql === '' ? null : jql);
  const estimate = useEstimate(settled, estimateOf);
  const [asking, setAsking] = useState<JiraEstimate | null>(null);

  const submit = async (isSure: boolean): Promise<void> => {
    const checked = check(form);
    setErrors(checked.kind === 'errors' ? checked.errors : {});
    setProblem(null);
    if (checked.kind === 'errors') return;
    setBusy(true);
    setAsking(null);
    const costly = isSure || form.source !== 'jql' ? null : await costlyOf(form.jql.trim());
    if (costly !== null) {
      setBusy(false);
      return setAsking(costly);
    }
    const answer = await ask(invoke('bulk.create', checked.sent.input));
    setBusy(false);
    if (answer.kind === 'problem') setProblem(answer.problem);
    else onCreated(answer.value, readingOf(form, checked.sent.accountIds));
  };

  return {
    form,
    problem,
    isBusy,
    asking,
    estimate: form.source === 'jql' && settled === form.jql.trim() ? estimate : null,
    errorOf: (field) => (errors[field] === undefined ? undefined : t(errors[field])),
    change: (part) => {
      setAsking(null);
      setForm((before) => ({ ...before, ...part }));
    },
    settle: (value) => setSettled(value.trim() === '' ? null : value.trim()),
    submit,
    stopAsking: () => setAsking(null),
    dismiss: () => setProblem(null),
  };
}

function readingOf({ source, jql }: Form, accountIds: readonly string[]): Reading {
  return source === 'jql' ? { kind: 'jql', jql: jql.trim() } : { kind: 'accounts', accountIds };
}

/** @param jql not blank */
function estimateOf(jql: string) {
  return invoke('bulk.estimate', { jql });
}

/**
 * What a query costs, where that is so much that the user is asked first; null otherwise, and where it
 * can't be told.
 */
async function costlyOf(jql: string): Promise<JiraEstimate | null> {
  const asked = await ask(estimateOf(jql));
  return asked.kind === 'ok' && asked.value !== null && isCostly(asked.value) ? asked.value : null;
}
