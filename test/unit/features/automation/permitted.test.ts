import type { Problem } from '../../../../src/contract';
import { isPassing } from '../../../../src/features/automation/permitted';

const ofJira = (status: number | null): Problem => ({ code: 'jira', status, retryAfterMs: null, limit: null });

describe('what stands in the way of a change that waits', () => {
  it.each<[string, Problem]>([
    ['Jira does not answer', ofJira(null)],
    ['Jira fails', ofJira(500)],
    ['Jira answers with something else', ofJira(399)],
    ['Jira was too slow', ofJira(408)],
    ['Jira was asked too much', ofJira(429)],
    ['Jira’s points are used up', { code: 'jiraBudget', retryAfterMs: 1_000 }],
    ['another change of the member is not finished', { code: 'busy', retryAfterMs: 1_000 }],
    ['Shorter Loop is away', { code: 'shorterLoop', cause: 'server', status: 503, retryAfterMs: null }],
  ])('passes where %s', (_what, problem) => {
    expect(isPassing(problem)).toBe(true);
  });

  it.each<[string, Problem]>([
    ['Jira refuses the question', ofJira(400)],
    ['Jira does not know the work item', ofJira(404)],
    ['Jira refuses with its last number', ofJira(499)],
    ['Shorter Loop refuses the key', { code: 'shorterLoop', cause: 'unauthorized', status: 401, retryAfterMs: null }],
    ['the work item is not visible', { code: 'issueNotVisible' }],
  ])('stays where %s', (_what, problem) => {
    expect(isPassing(problem)).toBe(false);
  });
});
