import type { LedgerEntry } from '../../../../src/contract';
import { answerClaimOf } from '../../../../src/domain/runs';

const answered = (status: number | null, cause: NonNullable<LedgerEntry['answer']>['cause'] = null) => ({
  answer: { status, cause, count: null },
});

it.each([
  ['was never heard', { answer: null }, 'silent'],
  ['came in good time and without an error', answered(200), 'accepted'],
  ['is the last of the good ones', answered(299), 'accepted'],
  ['is below the good ones', answered(199), 'silent'],
  ['leads elsewhere', answered(300), 'silent'],
  ['has no status', answered(null), 'silent'],
  ['is an error of the server', answered(503, 'server'), 'silent'],
  ['did not come through the network', answered(null, 'network'), 'silent'],
  ['did not come in time', answered(null, 'timeout'), 'silent'],
  ['refuses the key', answered(401, 'unauthorized'), 'refused'],
  ['refuses the request, whatever its status', answered(200, 'forbidden'), 'refused'],
] as const)('an answer that %s', (_what, row, claim) => {
  expect(answerClaimOf(row)).toBe(claim);
});
