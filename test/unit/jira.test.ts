import { route } from '@forge/api';
import path from 'node:path';
import { z } from 'zod';
import { installInProcess } from '../../sandbox/forge/inProcess';
import type { JiraRest } from '../../sandbox/forge/jiraRest';
import { readManifest } from '../../sandbox/forge/manifest';
import { createPlatform } from '../../sandbox/forge/platform';
import { getJson, JIRA_CALL_LIMIT_MS } from '../../src/jira';

const schema = z.object({ ok: z.literal(true) });
function ask(jira: JiraRest) {
  const platform = createPlatform({ manifest: readManifest(path.join(__dirname, '../..')), jira, routeEgress: () => null });
  return installInProcess(platform).runAs({ accountId: 'someone' }, () => getJson('user', route`/rest/api/3/thing`, schema));
}
const answer = (status: number, body: string, headers: Record<string, string> = {}): JiraRest => () => Promise.resolve({ status, headers, body });

describe('asking Jira', () => {
  it.each([
    ['an answer of the expected shape', answer(200, '{"ok":true}'), { kind: 'ok', value: { ok: true } }],
    ['an answer of another shape', answer(200, '{"ok":false}'), { kind: 'failed', status: null, retryAfterMs: null }],
    ['an answer that is no JSON', answer(200, '<html>'), { kind: 'failed', status: null, retryAfterMs: null }],
    ['a wait in seconds', answer(429, '', { 'retry-after': '1.5' }), { kind: 'failed', status: 429, retryAfterMs: 1_500 }],
    ['a wait that is not understood', answer(503, '', { 'retry-after': 'soon' }), { kind: 'failed', status: 503, retryAfterMs: null }],
    ['an empty wait', answer(503, '', { 'retry-after': ' ' }), { kind: 'failed', status: 503, retryAfterMs: null }],
    ['a missing consent', answer(401, '', { 'forge-proxy-error': 'NEEDS_AUTHENTICATION_ERR' }), { kind: 'failed', status: null, retryAfterMs: null }],
  ])('understands %s', async (_what, jira, result) => {
    expect(await ask(jira)).toEqual(result);
  });

  it('does not wait for ever', async () => {
    jest.useFakeTimers();
    const asked = ask(() => new Promise(() => undefined));
    await jest.advanceTimersByTimeAsync(JIRA_CALL_LIMIT_MS);
    expect(await asked).toEqual({ kind: 'failed', status: null, retryAfterMs: null });
    jest.useRealTimers();
  });
});
