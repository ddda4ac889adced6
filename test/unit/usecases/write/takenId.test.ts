import { identityOf } from '../../../../src/domain/segments';
import { takenIdProblem } from '../../../../src/usecases/write/takenId';
import { ledgerEntry } from '../../../support/ledgerEntry';

it('tells a request that was made before how far it has come', () => {
  const entry = ledgerEntry({ state: 'undecided' });
  expect(takenIdProblem(entry, identityOf(entry))).toEqual({ code: 'duplicateRequest', state: 'undecided' });
});

it('tells somebody else that the id is taken, and not on which work item', () => {
  const entry = ledgerEntry();
  const stranger = { ...identityOf(entry), actorAccountId: 'agent-2' };
  expect(takenIdProblem(entry, stranger)).toEqual({
    code: 'operationIdTaken',
    kind: 'move',
    issueKey: null,
    atMs: entry.intendedAtMs,
  });
});

it('tells the work item to the API client alone whose write it was', () => {
  const entry = ledgerEntry({ apiClientId: 'client-1' });
  const other = { ...identityOf(entry), requestDigest: 'other' };
  expect(takenIdProblem(entry, other)).toMatchObject({ code: 'operationIdTaken', issueKey: 'ACME-101' });
  expect(takenIdProblem(entry, { ...other, apiClientId: 'client-2' })).toMatchObject({ issueKey: null });
  expect(takenIdProblem(entry, { ...other, apiClientId: null })).toMatchObject({ issueKey: null });
});
