import {
  readPrecomputations,
  updatePrecomputations,
  type Precomputation,
  type PrecomputationUpdate,
} from '../../adapters/jira';
import { logFailure, countFailure } from '../../usecases/result';
import { wasJqlAsked } from '../../adapters/store';
import { computeFragment } from './reporterInSegment';
import type { Fragment } from './fragment';
import { readPeople } from './people';

/**
 * Brings the answers that Jira keeps up to date: each function call that is still used is computed
 * anew, and what changed is sent to Jira. Runs every five minutes; on a site where
 * Jira never asked the function it asks Jira nothing. What can't be read now keeps its last answer.
 * Throws ForgeKvsError when storage fails.
 * @see manifest.yml, scheduledTrigger `tick`
 */
export async function refreshPrecomputations(): Promise<void> {
  if (!(await wasJqlAsked())) return;
  const kept = await readPrecomputations();
  if (kept.kind === 'problem' || kept.value.length === 0) return;
  const people = await readPeople();
  if (people.kind === 'problem') {
    await countFailure(people.problem);
    console.warn(JSON.stringify({ event: 'jql-refresh-postponed', code: people.problem.code }));
    return;
  }
  const updates: PrecomputationUpdate[] = [];
  for (const one of kept.value) {
    const fragment = await computeFragment(people.value, one);
    if (fragment.kind === 'ok' && isNew(one, fragment.value)) updates.push(updateOf(one.id, fragment.value));
  }
  if (updates.length === 0) return;
  const updated = await updatePrecomputations(updates);
  if (updated.kind === 'problem') logFailure('jql-refresh', new Error('Jira took no update'));
}

function isNew({ value, error }: Precomputation, fragment: Fragment): boolean {
  return 'jql' in fragment ? fragment.jql !== value : fragment.error !== error;
}

function updateOf(id: string, fragment: Fragment): PrecomputationUpdate {
  return 'jql' in fragment ? { id, value: fragment.jql } : { id, error: fragment.error };
}
