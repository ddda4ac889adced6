import { DOCUMENTED_FORMS, formText, type WriteForm, type WriteKind } from '../../contract';

/**
 * The forms that a step may be sent in, one after the other: first the one that is set, then those that the
 * documentation's page writes. Adding has one form alone, as the page has none.
 * @param present how the kind is set to be written
 * @param withSlash whether this Shorter Loop ends its paths with a slash, as its reads have shown
 */
export function formsToTry(kind: WriteKind, present: WriteForm, withSlash: boolean): [WriteForm, ...WriteForm[]] {
  const documented = kind === 'add' ? [] : DOCUMENTED_FORMS[kind];
  const { users } = present;
  const others = documented
    .map((form) => ({ ...form, users, path: withSlash ? `${form.path}/` : form.path }))
    .filter((form) => formText(form) !== formText(present));
  return [present, ...others];
}

/** The next form after those that got a clear no; null where none is left. */
export function nextForm(forms: readonly WriteForm[], refused: readonly string[]): WriteForm | null {
  return forms.find((form) => !refused.includes(formText(form))) ?? null;
}
