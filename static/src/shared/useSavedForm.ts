import { useState } from 'react';
import type { Result } from '@contract';
import { ask, type PageProblem } from './ask';
import { useDraft, type Draft, type DraftState } from './useDraft';

type SavedForm<Form, Stored> = {
  readonly stored: Stored;
  /** What the form shows of what is stored. */
  readonly formOf: (stored: Stored) => Form;
  readonly send: (form: Form) => Promise<Result<Stored>>;
  readonly onSaved: (stored: Stored) => void;
};

type Saving =
  { readonly state: 'idle' | 'saving' | 'saved' } | { readonly state: 'failed'; readonly problem: PageProblem };

/** A form that is saved as a whole: what is typed, and how far the saving of it is. */
export type SavedFormState<Form> = Pick<DraftState<Form>, 'value' | 'isUnsaved' | 'change'> & {
  readonly state: 'idle' | 'saving' | 'saved';
  /** Why it could not be saved; null where it could, and once something else is typed. */
  readonly problem: PageProblem | null;
  readonly save: () => void;
};

/** Keeps what is typed while its tab is not open, and saves it: what the server stored then stands in the form. */
export function useSavedForm<Form, Stored>(
  draft: Draft<Form>,
  { stored, formOf, send, onSaved }: SavedForm<Form, Stored>,
): SavedFormState<Form> {
  const { value, isUnsaved, change, settle } = useDraft(draft, formOf(stored));
  const [saving, setSaving] = useState<Saving>({ state: 'idle' });
  const save = async () => {
    setSaving({ state: 'saving' });
    const asked = await ask(send(value));
    if (asked.kind === 'problem') return setSaving({ state: 'failed', problem: asked.problem });
    settle(formOf(asked.value));
    onSaved(asked.value);
    setSaving({ state: 'saved' });
  };
  return {
    value,
    isUnsaved,
    state: saving.state === 'failed' ? 'idle' : saving.state,
    problem: saving.state === 'failed' ? saving.problem : null,
    change: (typed) => {
      change(typed);
      setSaving({ state: 'idle' });
    },
    save: () => void save(),
  };
}
