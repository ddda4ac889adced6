import { DOCUMENTED_FORMS, formText, type SiteProfile, type WriteForm, type WriteKind } from '../../contract';

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

/** The next form after those that got a clear no; null where none is left. */
export function nextForm(forms: readonly WriteForm[], refused: readonly string[]): WriteForm | null {
  return forms.find((form) => !refused.includes(formText(form))) ?? null;
}

function withSlash(form: WriteForm): WriteForm {
  return { ...form, path: `${form.path}/` };
}
