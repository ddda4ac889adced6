import { SHORTER_LOOP_CAUSES, type ShorterLoopCause } from '../../../../src/contract';
import type { ShorterLoopError, WriteReceipt } from '../../../../src/adapters/shorterloop';
import { answerOf, responseClaimOf, send, waitAskedBy } from '../../../../src/usecases/write/request';

const failed = (cause: ShorterLoopCause, status: number | null, mayHaveBeenApplied: boolean) => {
  const facts = { status, mayHaveBeenApplied };
  const problem: ShorterLoopError =
    cause === 'rateLimited' ? { ...facts, cause, retryAfterMs: null } : { ...facts, cause };
  return { kind: 'problem', problem } as const;
};
const answered = (claim: WriteReceipt['claim'], count: number | null) =>
  ({ kind: 'ok', value: { status: 207, count, claim } }) as const;

it('sends each kind of write as the call of its own, with no end that it does not have', async () => {
  const receipt = answered('accepted', 1);
  const [move, remove, add, manage] = [jest.fn(), jest.fn(), jest.fn(), jest.fn()];
  for (const call of [move, remove, add]) call.mockResolvedValue(receipt);
  const writes = { move, remove, add, manage };
  const [from, to] = [
    { id: 1, name: 'A' },
    { id: 2, name: 'B' },
  ];
  const memberIds = [7, 8];
  expect(await send(writes, { kind: 'move', from, to, memberIds })).toBe(receipt);
  expect(await send(writes, { kind: 'remove', from, to: null, memberIds })).toBe(receipt);
  expect(await send(writes, { kind: 'add', from: null, to, memberIds })).toBe(receipt);
  expect(move.mock.calls).toEqual([[{ from: 1, to: 2, users: memberIds }]]);
  expect(remove.mock.calls).toEqual([[{ from: 1, users: memberIds }]]);
  expect(add.mock.calls).toEqual([[{ to: 2, users: memberIds }]]);
  expect(manage).not.toHaveBeenCalled();
});

it('takes an answer of success for a yes only where it claims everybody', () => {
  expect(responseClaimOf(answered('accepted', 2))).toBe('yes');
  expect(responseClaimOf(answered('unclear', 1))).toBe('unclear');
});

it('tells what was never sent from what was never applied, whatever the cause', () => {
  for (const cause of SHORTER_LOOP_CAUSES) {
    expect(responseClaimOf(failed(cause, null, false))).toBe('notSent');
    expect(responseClaimOf(failed(cause, 400, false))).toBe('never');
  }
});

it('takes for a no only what Shorter Loop itself refused, and for silence what came to no answer', () => {
  const claims = SHORTER_LOOP_CAUSES.map((cause) => [cause, responseClaimOf(failed(cause, 500, true))]);
  expect(Object.fromEntries(claims)).toEqual({
    unauthorized: 'unclear',
    forbidden: 'unclear',
    notFound: 'unclear',
    wrongDialect: 'unclear',
    rateLimited: 'unclear',
    invalid: 'no',
    server: 'silent',
    network: 'silent',
    timeout: 'silent',
    malformed: 'unclear',
    redirected: 'unclear',
    cut: 'unclear',
  });
});

it('waits only after a limit: as long as is asked for, or five seconds', () => {
  const limited = failed('rateLimited', 429, false);
  expect(waitAskedBy(limited)).toBe(5_000);
  const asked: ShorterLoopError = { cause: 'rateLimited', status: 429, mayHaveBeenApplied: false, retryAfterMs: 0 };
  expect(waitAskedBy({ kind: 'problem', problem: asked })).toBe(0);
  expect([waitAskedBy(failed('server', 503, true)), waitAskedBy(answered('accepted', 1))]).toEqual([null, null]);
});

it('keeps of an answer its status, its count and its cause', () => {
  expect(answerOf(answered('unclear', 1))).toEqual({ status: 207, cause: null, count: 1 });
  expect(answerOf(failed('timeout', null, true))).toEqual({ status: null, cause: 'timeout', count: null });
});
