import { DOCUMENTED_FORMS } from '../../../contract';
import { ask, requestsLeft, type CheckSession } from './checkSession';

/** Checks in a row leave some of the minute's requests to whoever looks in the meantime. */
const LEFT_TO_OTHERS = 2;

/**
 * Asks the documented paths which verbs they take, with the requests that are left. What they say proves nothing of
 * what the verbs do, and nothing is learned from it: it is told.
 */
export async function checkVerbs(session: CheckSession, segmentId: number): Promise<void> {
  const asked = new Map<string, readonly string[]>();
  for (const kind of ['move', 'remove'] as const) {
    for (const form of DOCUMENTED_FORMS[kind]) {
      const path = form.path.replaceAll(/\{(?:from|to)\}/g, String(segmentId));
      if (asked.has(path)) continue;
      if (requestsLeft(session) <= LEFT_TO_OTHERS) return;
      const answer = await ask(session, path, { method: 'OPTIONS' });
      // The reads are proven by now, whatever a further question comes to.
      if (answer.kind === 'problem') return void session.lines.pop();
      const verbs = answer.value.kind === 'ok' ? answer.value.value.allow : [];
      asked.set(path, verbs);
      if (verbs.length > 0) session.lines.push({ code: 'verbs', kind, path: form.path, verbs });
    }
  }
}
