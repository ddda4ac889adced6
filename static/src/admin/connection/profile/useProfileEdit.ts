import { useId, useState } from 'react';
import type { ConnectionView, SaveInput } from '@contract';
import type { PageProblem } from '../../../shared/ask';
import { makeDraft, useDraft } from '../../../shared/useDraft';
import { edit, type PartErrors } from './edit';
import { typedOf, type Part, type Typed } from './parts';

/** A part that is being corrected, as typed. */
export type Editing = { readonly part: Part; readonly typed: Typed };
const TYPED_PART = makeDraft<Editing | null>();

/** The correction of one part at a time. */
export type ProfileEdit = {
  /** The id of the part's form: where the focus goes. */
  readonly formId: string;
  readonly editing: Editing | null;
  readonly errors: PartErrors;
  readonly problem: PageProblem | null;
  readonly isSaving: boolean;
  readonly open: (part: Part) => void;
  readonly type: (field: string, text: string) => void;
  readonly close: () => void;
  /** Answers whether the correction is stored. */
  readonly save: () => Promise<boolean>;
};

/** Corrects the stored profile: what was typed for one part, everything else as it is. */
export function useProfileEdit(
  view: ConnectionView,
  save: (input: SaveInput) => Promise<PageProblem | null>,
): ProfileEdit {
  const { value: editing, change, settle } = useDraft<Editing | null>(TYPED_PART, null);
  const [errors, setErrors] = useState<PartErrors>({});
  const [problem, setProblem] = useState<PageProblem | null>(null);
  const [isSaving, setSaving] = useState(false);
  const formId = useId();
  const { settings, defaults } = view;

  const clear = () => {
    setErrors({});
    setProblem(null);
  };
  const open = (part: Part) => {
    if (settings === null) return;
    clear();
    change({ part, typed: typedOf(settings.profile, part) });
    focusIn(formId, 'input, select');
  };
  const submit = async () => {
    if (settings === null || editing === null) return false;
    const edited = edit(settings.profile, editing.part, editing.typed, defaults.assumedManage);
    if (edited.kind === 'wrong') {
      setErrors(edited.errors);
      focusIn(formId, '[aria-invalid="true"]');
      return false;
    }
    clear();
    setSaving(true);
    const refused = await save({ settings: { ...settings, profile: edited.profile }, key: null });
    setSaving(false);
    setProblem(refused);
    if (refused === null) settle(null);
    return refused === null;
  };
  return {
    formId,
    editing: settings === null ? null : editing,
    errors,
    problem,
    isSaving,
    open,
    type: (field, text) => {
      if (editing === null) return;
      clear();
      change({ ...editing, typed: { ...editing.typed, [field]: text } });
    },
    close: () => {
      clear();
      settle(null);
    },
    save: submit,
  };
}

function focusIn(formId: string, selector: string): void {
  // After React has drawn the form and marked its fields.
  requestAnimationFrame(() => document.getElementById(formId)?.querySelector<HTMLElement>(selector)?.focus());
}
