import type { RunPerson } from '../../src/domain/runs';

/** Somebody of a run who is to be written about, and of whom nothing is known yet. */
export function runPerson(facts: Partial<RunPerson> = {}): RunPerson {
  return {
    group: 1,
    place: 1,
    accountId: 'a',
    memberId: 7,
    verdict: 'willWrite',
    issueId: null,
    issueKey: null,
    projectId: null,
    result: null,
    reason: null,
    operationId: null,
    undoes: null,
    ...facts,
  };
}
