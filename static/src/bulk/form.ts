import type { BulkAct, BulkActInput, CreateRunInput, Result } from '@contract';
import type { Key } from '../i18n';
import { readIds, type IdList, type TableFault } from '../shared/table';

/** What stands in the form of a new run. Segments are ids as text; no source stands for "wherever they are". */
export type Form = {
  readonly source: 'jql' | 'accounts';
  readonly jql: string;
  readonly accounts: string;
  readonly act: BulkAct['kind'];
  readonly from: readonly number[];
  readonly to: string;
};

/** What is wrong with the form, by field. */
export type FormErrors = Partial<Record<'jql' | 'accounts' | 'from' | 'to', Key>>;

/** A form that can be sent, with the accounts that are to be read. */
export type Sent = { readonly input: CreateRunInput; readonly accountIds: readonly string[] };

/** The account ids of a list or of a table with a column for them. */
export function readAccounts(text: string): Result<IdList, TableFault> {
  return readIds(text, 'accountId', isAccountId);
}

/**
 * Whether a text can be an account id: letters, digits and a few signs, at least ten, with a digit and a letter in it
 * unless it is as long as Atlassian's own. Keys of work items and dates look alike and are none.
 */
function isAccountId(text: string): boolean {
  if (!/^[\w:.-]{10,128}$/.test(text) || !/\d/.test(text)) return false;
  if (/^[a-z]\w*-\d+$/i.test(text) || /^\d{4}-\d\d-\d\d/.test(text)) return false;
  return /[a-z]/i.test(text) || text.length >= 24;
}

/** Checks the form. */
export function check(
  form: Form,
): { readonly kind: 'sent'; readonly sent: Sent } | { readonly kind: 'errors'; readonly errors: FormErrors } {
  const accounts = form.source === 'accounts' ? readAccounts(form.accounts) : null;
  const accountIds = accounts?.kind === 'ok' ? accounts.value.ids : [];
  const errors: FormErrors = {
    ...(form.source === 'jql' && form.jql.trim() === '' ? { jql: 'bulk.new.errors.jql' } : {}),
    ...(accounts?.kind === 'problem' ? { accounts: 'bulk.new.errors.accountsUnread' } : {}),
    ...(accounts?.kind === 'ok' && accountIds.length === 0 ? { accounts: 'bulk.new.errors.accounts' } : {}),
    ...(form.act === 'remove' && form.from.length === 0 ? { from: 'bulk.new.errors.from' } : {}),
    ...(form.act === 'move' && (form.to === '' || form.from.includes(Number(form.to)))
      ? { to: 'bulk.new.errors.to' }
      : {}),
    ...(form.act === 'add' && form.to === '' ? { to: 'bulk.new.errors.target' } : {}),
  };
  if (Object.keys(errors).length > 0) return { kind: 'errors', errors };
  const source =
    form.source === 'jql' ? ({ kind: 'jql', jql: form.jql.trim() } as const) : ({ kind: 'accounts' } as const);
  return { kind: 'sent', sent: { input: { source, act: actOf(form) }, accountIds } };
}

function actOf({ act, from, to }: Form): BulkActInput {
  switch (act) {
    case 'add':
      return { kind: act, to: Number(to) };
    case 'move':
      return { kind: act, from: from.length === 0 ? null : from, to: Number(to) };
    case 'remove':
      return { kind: act, from };
  }
}
