import { DEFAULT_ACCESS, ok, type Result } from '../../contract';
import { authorize } from '../../usecases/access';
import { readSubject, type NoMember, type Subject } from '../../usecases/lookup';

/** What an API client asks for about the reporter of an issue. */
export type ApiClientQuestion = {
  readonly apiClientId: string;
  readonly act: 'look' | 'move' | 'remove' | 'add';
  readonly issueKey: string;
};

/** Of an issue without a subject, whose project was looked at already. */
const NO_RULES = { access: DEFAULT_ACCESS, scope: { kind: 'all' } } as const;

/**
 * The reporter of an issue as the app sees it, for an API client that may do the act there. Whether it still stands is
 * asked last, before anything is told or done: it may have been revoked since its secret was compared.
 */
export async function readSubjectFor({
  apiClientId,
  act,
  issueKey,
}: ApiClientQuestion): Promise<Result<NoMember | { readonly kind: 'subject'; readonly subject: Subject }>> {
  const found = await readSubject(issueKey, 'app');
  if (found.kind === 'problem') return found;
  const actor = { kind: 'apiClient', apiClientId } as const;
  const permitted = await (found.value.kind === 'subject'
    ? authorize(actor, [act], found.value.place, found.value.rules)
    : authorize(actor, [act], { kind: 'anywhere' }, NO_RULES));
  return permitted.kind === 'ok' ? ok(found.value) : permitted;
}
