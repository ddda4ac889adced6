import type { BulkActInput, CreateRunInput } from '@contract';
import type { Key } from '../i18n';

/** What stands in the form of a new run. Segments are ids as text; no source stands for "wherever they are". */
export type Form = {
  readonly source: 'jql' | 'accounts';
  readonly jql: string;
  readonly accounts: string;
  readonly act: 'move' | 'remove';
  readonly from: readonly number[];
  readonly to: string;
};

/** What is wrong with the form, by field. */
export type FormErrors = Partial<Record<'jql' | 'accounts' | 'from' | 'to', Key>>;

/** A form that can be sent, with the accounts that are to be read. */
export type Sent = { readonly input: CreateRunInput; readonly accountIds: readonly string[] };

/**
 * The account ids of a list or a CSV file: the first column of each line, each once. A heading and
 * whatever is no account id is left out.
 */
export function accountIdsIn(text: string): string[] {
  const cells = text.split(/\r?\n/).map((line) => (/^\s*"?([^",;\t]*)/.exec(line)?.[1] ?? '').trim());
  // Atlassian's ids have digits and at least ten characters; a word such as "accountId" has none.
  return [...new Set(cells.filter((cell) => /^[\w:.-]{10,128}$/.test(cell) && /\d/.test(cell)))];
}

/** Checks the form. */
export function check(
  form: Form,
): { readonly kind: 'sent'; readonly sent: Sent } | { readonly kind: 'errors'; readonly errors: FormErrors } {
  const accountIds = form.source === 'accounts' ? accountIdsIn(form.accounts) : [];
  const errors: FormErrors = {
    ...(form.source === 'jql' && form.jql.trim() === '' ? { jql: 'bulk.new.errors.jql' } : {}),
    ...(form.source === 'accounts' && accountIds.length === 0 ? { accounts: 'bulk.new.errors.accounts' } : {}),
    ...(form.act === 'remove' && form.from.length === 0 ? { from: 'bulk.new.errors.from' } : {}),
    ...(form.act === 'move' && (form.to === '' || form.from.includes(Number(form.to)))
      ? { to: 'bulk.new.errors.to' }
      : {}),
  };
  if (Object.keys(errors).length > 0) return { kind: 'errors', errors };
  const source =
    form.source === 'jql' ? ({ kind: 'jql', jql: form.jql.trim() } as const) : ({ kind: 'accounts' } as const);
  return { kind: 'sent', sent: { input: { source, act: actOf(form) }, accountIds } };
}

function actOf({ act, from, to }: Form): BulkActInput {
  return act === 'remove'
    ? { kind: 'remove', from }
    : { kind: 'move', from: from.length === 0 ? null : from, to: Number(to) };
}
