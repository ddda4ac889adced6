import type { ReporterState } from '../../contract';
import type { EmailIdentity } from './identity';
import type { LinkState } from './match';
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
 * @param identity null where {@link needsEmail} says that the e-mail has no part
 */
export function countedState(reporter: Reporter, link: LinkState, identity: EmailIdentity | null): ReporterState {
  if (personhoodOf(reporter).kind === 'notAPerson') return 'notAPerson';
  if (link.state === 'linked') return 'linked';
  switch (identity?.kind) {
    case undefined:
    case 'hidden':
      return 'emailHidden';
    case 'nobody':
      return 'notFound';
    case 'certain':
      return 'found';
    case 'review':
      return 'ambiguous';
  }
}
