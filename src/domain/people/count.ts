import type { ReporterState } from '../../contract';
import type { EmailFact, LinkState } from './match';
import { personhoodOf, type Reporter } from './reporter';

/**
 * Whether somebody's e-mail has a part in what a count finds of them: not when a link decides, nor
 * for what is no person.
 */
export function needsEmail(reporter: Reporter, link: LinkState): boolean {
  return link.state !== 'linked' && personhoodOf(reporter).kind === 'person';
}

/**
 * What a count finds of a reporter: the state of the match, without the member.
 * @param email null where {@link needsEmail} says that it has no part
 * @param candidates how many members have that e-mail
 */
export function countedState(
  reporter: Reporter,
  link: LinkState,
  email: EmailFact | null,
  candidates: number,
): ReporterState {
  if (personhoodOf(reporter).kind === 'notAPerson') return 'notAPerson';
  if (link.state === 'linked') return 'linked';
  if (email === null || email.kind === 'hidden') return 'emailHidden';
  if (candidates === 0) return 'notFound';
  return candidates === 1 ? 'found' : 'ambiguous';
}
