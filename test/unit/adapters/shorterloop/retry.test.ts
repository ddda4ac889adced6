import { SHORTER_LOOP_CAUSES } from '../../../../src/contract';
import type { ShorterLoopResult, ShorterLoopError } from '../../../../src/adapters/shorterloop';
import {
  ATTEMPTS,
  FIRST_BACKOFF_MS,
  isTransientRead,
  withRetries,
  isTransientWrite,
} from '../../../../src/adapters/shorterloop/retry';

const error = (
  cause: ShorterLoopError['cause'],
  mayHaveBeenApplied = false,
  retryAfterMs: number | null = null,
): ShorterLoopError =>
  cause === 'rateLimited'
    ? { cause, status: 429, mayHaveBeenApplied, retryAfterMs }
    : { cause, status: null, mayHaveBeenApplied };
const failed = (of: ShorterLoopError): ShorterLoopResult<string> => ({ kind: 'problem', problem: of });

/** Answers in turn, and tells how often it was asked and how long was waited in between. */
async function play(answers: readonly ShorterLoopResult<string>[], deadlineAtMs = 1e9, random = 1) {
  const waits: number[] = [];
  let nowMs = 0;
  let asked = 0;
  const sleep = (ms: number): Promise<void> => {
    waits.push(ms);
    nowMs += ms;
    return Promise.resolve();
  };
  const result = await withRetries(
    { deadlineAtMs, now: () => nowMs, sleep, random: () => random },
    isTransientRead,
    () => {
      const answer = answers[asked];
      asked += 1;
      return answer === undefined ? Promise.reject(new Error('Asked once too often')) : Promise.resolve(answer);
    },
  );
  return { result, waits, asked };
}

describe('a failure that may pass', () => {
  it.each(SHORTER_LOOP_CAUSES)('of a read depends on its cause alone: %s', (cause) => {
    expect(isTransientRead(error(cause))).toBe(['network', 'server', 'rateLimited'].includes(cause));
  });

  it.each(SHORTER_LOOP_CAUSES)('of a write is only a refusal to look at it: %s', (cause) => {
    expect(isTransientWrite(error(cause))).toBe(cause === 'rateLimited');
    expect(isTransientWrite(error(cause, true))).toBe(false);
  });
});

describe('sending a call again', () => {
  const server = failed(error('server'));
  const value: ShorterLoopResult<string> = { kind: 'ok', value: 'segments' };

  it('ends with the first success', async () => {
    expect(await play([server, value])).toEqual({ result: value, waits: [FIRST_BACKOFF_MS], asked: 2 });
  });

  it('gives the last failure after as many attempts as are allowed, with waits that may double', async () => {
    expect(await play([server, server, failed(error('network'))])).toEqual({
      result: failed(error('network')),
      waits: [FIRST_BACKOFF_MS, 2 * FIRST_BACKOFF_MS],
      asked: ATTEMPTS,
    });
  });

  it('is not done for what does not pass', async () => {
    expect(await play([failed(error('forbidden'))])).toMatchObject({ waits: [], asked: 1 });
  });

  it('waits by chance, but at least as long as it is asked to', async () => {
    expect((await play([server, server, value], 1e9, 0.5)).waits).toEqual([FIRST_BACKOFF_MS / 2, FIRST_BACKOFF_MS]);
    expect((await play([failed(error('rateLimited', false, 4_000)), value])).waits).toEqual([4_000]);
    expect((await play([failed(error('rateLimited', false, 10)), value])).waits).toEqual([FIRST_BACKOFF_MS]);
    expect((await play([failed(error('rateLimited')), value])).waits).toEqual([FIRST_BACKOFF_MS]);
  });

  it('is not done when the wait would last until the deadline', async () => {
    expect(await play([server, value], FIRST_BACKOFF_MS)).toEqual({ result: server, waits: [], asked: 1 });
    expect(await play([server, value], FIRST_BACKOFF_MS + 1)).toMatchObject({ result: value });
  });
});
