import { route } from '@forge/api';
import path from 'node:path';
import { z } from 'zod';
import { installInProcess } from '../../../../sandbox/forge/inProcess';
import type { JiraRest } from '../../../../sandbox/forge/jiraRest';
import { readManifest } from '../../../../sandbox/forge/manifest';
import { createPlatform } from '../../../../sandbox/forge/platform';
import { getJson, JIRA_CALL_LIMIT_MS } from '../../../../src/adapters/jira';

const schema = z.object({ ok: z.literal(true) });
function ask(jira: JiraRest) {
  const platform = createPlatform({
    manifest: readManifest(path.join(__dirname, '../../../..')),
    jira,
    routeEgress: () => null,
  });
  return installInProcess(platform).runAs({ accountId: 'someone' }, () =>
    getJson('user', route`/rest/api/3/thing`, schema),
  );
}
const answer =
  (status: number, body: string, headers: Record<string, string> = {}): JiraRest =>
  () =>
    Promise.resolve({ status, headers, body });

describe('asking Jira', () => {
  it.each([
    ['an answer of the expected shape', answer(200, '{"ok":true}'), { kind: 'ok', value: { ok: true } }],
    [
      'an answer of another shape',
      answer(200, '{"ok":false}'),
      { kind: 'problem', problem: { status: null, retryAfterMs: null, limit: null } },
    ],
    [
      'an answer that is no JSON',
      answer(200, '<html>'),
      { kind: 'problem', problem: { status: null, retryAfterMs: null, limit: null } },
    ],
    [
      'a wait in seconds',
      answer(429, '', { 'retry-after': '2.5' }),
      { kind: 'problem', problem: { status: 429, retryAfterMs: 2_500, limit: null } },
    ],
    [
      'the reset of a quota',
      answer(429, '', { 'x-ratelimit-reset': '1970-01-01T00:00:00Z', 'ratelimit-reason': 'jira-quota-tenant-based' }),
      { kind: 'problem', problem: { status: 429, retryAfterMs: 0, limit: 'quota' } },
    ],
    [
      'a burst with a long wait',
      answer(429, '', { 'retry-after': '30', 'ratelimit-reason': 'jira-burst-based' }),
      { kind: 'problem', problem: { status: 429, retryAfterMs: 30_000, limit: 'burst' } },
    ],
    [
      'a reason that is not about a 429',
      answer(403, '', { 'ratelimit-reason': 'jira-burst-based' }),
      { kind: 'problem', problem: { status: 403, retryAfterMs: null, limit: null } },
    ],
    [
      'a proxy error',
      answer(502, '', { 'forge-proxy-error': 'SOMETHING' }),
      { kind: 'problem', problem: { status: null, retryAfterMs: null, limit: null } },
    ],
  ])('understands %s', async (_what, jira, result) => {
    expect(await ask(jira)).toEqual(result);
  });

  it.each([
    [
      '429 with a short wait',
      { status: 429, headers: { 'retry-after': '1', 'ratelimit-reason': 'jira-per-issue-on-write' } },
      1_000,
    ],
    ['429 without one', { status: 429, headers: {} }, 210],
    ['503 with a wait that is not understood', { status: 503, headers: { 'retry-after': 'soon' } }, 210],
  ])('waits and asks again after %s', async (_what, refusal, leastMs) => {
    jest.useFakeTimers();
    jest.spyOn(Math, 'random').mockReturnValue(0);
    const sent: number[] = [];
    const startedMs = Date.now();
    const asked = ask(() => {
      sent.push(Date.now() - startedMs);
      return Promise.resolve(
        sent.length < 3 ? { ...refusal, body: '' } : { status: 200, headers: {}, body: '{"ok":true}' },
      );
    });
    await jest.advanceTimersByTimeAsync(JIRA_CALL_LIMIT_MS);
    expect(await asked).toEqual({ kind: 'ok', value: { ok: true } });
    expect(sent).toEqual([0, leastMs, leastMs + Math.max(leastMs, 420)]);
    jest.useRealTimers();
  });

  it('passes a missing consent on as the SDK throws it, because only Jira can ask for it', async () => {
    await expect(ask(answer(401, '', { 'forge-proxy-error': 'NEEDS_AUTHENTICATION_ERR' }))).rejects.toMatchObject({
      name: 'NEEDS_AUTHENTICATION_ERR',
    });
  });

  it('gives up after the third refusal', async () => {
    jest.useFakeTimers();
    let sent = 0;
    const asked = ask(() => {
      sent += 1;
      return Promise.resolve({ status: 503, headers: {}, body: '' });
    });
    await jest.advanceTimersByTimeAsync(JIRA_CALL_LIMIT_MS);
    expect(await asked).toEqual({ kind: 'problem', problem: { status: 503, retryAfterMs: null, limit: null } });
    expect(sent).toBe(3);
    jest.useRealTimers();
  });

  it('does not wait for ever', async () => {
    jest.useFakeTimers();
    const asked = ask(() => new Promise(() => undefined));
    await jest.advanceTimersByTimeAsync(JIRA_CALL_LIMIT_MS);
    expect(await asked).toEqual({ kind: 'problem', problem: { status: null, retryAfterMs: null, limit: null } });
    jest.useRealTimers();
  });
});
