import { noteReporters } from '../../adapters/store';
import type { Reporter } from '../../domain/people';
import { logFailure } from '../result';
import { lookAtReporters, type ReporterLook } from './linkCertain';

/**
 * Links those whom somebody found to be certain anyway, so that nobody has to find them again, and notes it with what
 * is known of reporters. Never throws, and tells nothing: what was found holds whether it is kept or not.
 */
export async function keepCertain(reporters: readonly Reporter[], look: ReporterLook): Promise<void> {
  if (reporters.length === 0) return;
  try {
    const found = await lookAtReporters(reporters, look);
    if (found.kind === 'problem') return;
    await noteReporters(
      [...found.value].map(([accountId, { state, memberId, emailKey, domain }]) => ({
        accountId,
        state,
        memberId,
        domain,
        issues: 'known',
        ...(emailKey === undefined ? {} : { emailKey }),
      })),
    );
  } catch (error) {
    logFailure('links', error);
  }
}
