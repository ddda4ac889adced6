import {
  readPrecomputations,
  updatePrecomputations,
  type Precomputation,
  type PrecomputationUpdate,
} from '../../adapters/jira';
import { logFailure } from '../../usecases/result';
import { readJqlSettings, wasJqlAsked } from '../../adapters/store';
import { answerOf, SWITCHED_OFF } from './answer';
import type { Fragment } from './fragment';
import { readSource } from './people';

/**
 * Brings the answers that Jira keeps up to date: each function call that is still used is computed
 * anew, and what changed is sent to Jira. Once the function is switched off, or the app in a project, what Jira keeps
 * from before is taken back so. Runs every five minutes; on a site where the function was never switched on it
 * asks Jira nothing. What can't be read now keeps its last answer. Throws ForgeKvsError when storage fails.
 * @see manifest.yml, scheduledTrigger `tick`
 */
export async function refreshPrecomputations(): Promise<void> {
  if (!(await wasJqlAsked())) return;
  const kept = await readPrecomputations();
  if (kept.kind === 'problem' || kept.value.length === 0) return;
  const answer = await answers();
  if (answer === null) return;
  const updates: PrecomputationUpdate[] = [];
  for (const one of kept.value) {
    const fragment = await answer(one);
    if (isNew(one, fragment)) updates.push(updateOf(one.id, fragment));
  }
  if (updates.length === 0) return;
  const updated = await updatePrecomputations(updates);
  if (updated.kind === 'problem') logFailure('jql-refresh', new Error('Jira took no update'));
}

/** How each call is answered now; null where that can't be told. */
async function answers(): Promise<((kept: Precomputation) => Promise<Fragment>) | null> {
  if (!(await readJqlSettings()).isOn) return () => Promise.resolve(SWITCHED_OFF);
  const source = await readSource();
  if (source.kind === 'ok') return (kept) => answerOf(source.value, kept);
  console.warn(JSON.stringify({ event: 'jql-refresh-postponed', code: source.problem }));
  return null;
}

function isNew({ value, error }: Precomputation, fragment: Fragment): boolean {
  return 'jql' in fragment ? fragment.jql !== value : fragment.error !== error;
}

function updateOf(id: string, fragment: Fragment): PrecomputationUpdate {
  return 'jql' in fragment ? { id, value: fragment.jql } : { id, error: fragment.error };
}
