import {
  DOCUMENTED_FORMS,
  formText,
  type IdForm,
  type SiteProfile,
  type WriteForm,
  type WriteKind,
} from '../../contract';

/** What decides in which forms a step may be sent. */
type FormFacts = Pick<SiteProfile, 'reads' | 'writes' | 'evidence'>;

/**
 * The forms that a step may be sent in, one after the other, each once: first the one that is set, then those that the
 * documentation's page writes. Adding has one form alone, as the page has none. Where the reads of this Shorter Loop
 * end with a slash, the same forms with a slash come before those without.
 */
export function formsToTry({ reads, writes, evidence }: FormFacts, kind: WriteKind): [WriteForm, ...WriteForm[]] {
  const present = writes[kind];
  const { users } = present;
  const documented = kind === 'add' ? [] : DOCUMENTED_FORMS[kind].map((form) => ({ ...form, users }));
  const plain = [present, ...documented];
  const endsWithSlash = /\/(\?|$)/.test(reads.listSegments.path);
  const slashed = endsWithSlash ? plain.filter(({ path }) => !path.endsWith('/')).map(withSlash) : [];
  const { how } = evidence[kind];
  const isShown = how === 'learned' || how === 'chosen';
  const [first, ...rest] = isShown ? [present, ...slashed, ...plain] : [...slashed, ...plain];
  const forms = [first ?? present, ...rest];
  const texts = forms.map(formText);
  return [first ?? present, ...forms.filter((form, place) => place > 0 && texts.indexOf(formText(form)) === place)];
}

/** In which form a step is sent, and how it writes the ids of members. */
export type WriteTry = { readonly form: WriteForm; readonly ids: IdForm };

/** A try that was refused before anything was done: what it was refused for, and in which form it was sent. */
export type RefusedTry = { readonly form: string; readonly no: 'form' | 'redirect' | 'value' };

/**
 * What is tried after these refusals: the next form, where Shorter Loop knows no such path or verb; where it does not
 * take the values, the same form once more with ids written the other way, as some servers tell them in one way and
 * take them in the other. Where it redirects, the same form with a slash at its end comes next: a redirect itself is
 * never followed, as that may change the verb.
 * @param ids how ids are set to be written
 * @returns null where nothing is left
 */
export function nextTry(forms: readonly WriteForm[], ids: IdForm, refused: readonly RefusedTry[]): WriteTry | null {
  const last = refused.at(-1);
  if (last?.no === 'value') {
    const form = formNamed(forms, last.form);
    const isFirst = refused.filter((one) => one.no === 'value' && one.form === last.form).length === 1;
    return form !== null && isFirst ? { form, ids: ids === 'text' ? 'number' : 'text' } : null;
  }
  const redirected = last?.no === 'redirect' ? forms.filter((one) => formText(one) === last.form) : [];
  const form = [...redirected.filter(({ path }) => !path.endsWith('/')).map(withSlash), ...forms].find(
    (one) => !refused.some((tried) => tried.no !== 'value' && tried.form === formText(one)),
  );
  return form === undefined ? null : { form, ids };
}

/** The form that a row was sent in: one of these, or one of these with a slash at its end. */
export function formNamed(forms: readonly WriteForm[], text: string | null): WriteForm | null {
  return [...forms, ...forms.map(withSlash)].find((one) => formText(one) === text) ?? null;
}

function withSlash(form: WriteForm): WriteForm {
  return { ...form, path: `${form.path}/` };
}
