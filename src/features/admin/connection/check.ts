import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import {
  err,
  ok,
  PROFILE_ASPECTS,
  READ_CALLS,
  DEFAULT_PROFILE,
  type CheckChoices,
  type CheckReport,
  type Evidence,
  type ProfileAspect,
  type Proofs,
  type Result,
  type SiteProfile,
} from '../../../contract';
import {
  readCheckDraft,
  readKey,
  readSettings,
  readStoredKey,
  readTokenBucket,
  recordProof,
  saveProfile,
  writeCheckDraft,
} from '../../../adapters/store';
import { connect, upstreamDeadlineMs } from '../../../usecases/connection';
import { askForFirstRefresh } from '../../../usecases/jobs';
import { parseInput } from '../../../usecases/result';
import type { AdminRequest } from '../request';
import { converse } from './checkConversation';
import type { CheckSession, CheckStep } from './checkSession';
import { connectionViewOf } from './view';

const choicesSchema: z.ZodType<CheckChoices> = z.object({
  segmentId: z.int().positive().exactOptional(),
  memberId: z.string().max(200).exactOptional(),
  list: z.string().max(200).exactOptional(),
  whole: z.array(z.enum(READ_CALLS)).exactOptional(),
});
const inputSchema = z.object({ choices: choicesSchema });

/**
 * Asks Shorter Loop for everything that the app relies on, learns in which form it answers, and reports like a
 * conversation. It never writes. What was learned is kept once memberships can be read; until then it is a draft, with
 * which the next call goes on.
 */
export async function check({ adminAccountId }: AdminRequest, payload: unknown): Promise<Result<CheckReport>> {
  const input = parseInput(inputSchema, payload);
  if (input.kind === 'problem') return input;
  const [stored, key, tokenBucket, draft] = await Promise.all([
    readSettings(),
    readKey(),
    readTokenBucket(),
    readCheckDraft(),
  ]);
  const connected = connect(stored, key, tokenBucket);
  if (connected.kind === 'problem') return connected;
  if (stored === null) return err({ code: 'notConfigured', missing: ['apiOrigin', 'initiativeId'] });
  const known = stored.connection.profile;
  const own = draft !== null && draft.savedAtMs === stored.savedAtMs ? draft : null;
  const session: CheckSession = {
    connected: connected.value,
    stored,
    choices: input.value.choices,
    adminAccountId,
    deadlineAtMs: upstreamDeadlineMs(),
    lines: [],
    askedAtMs: (draft?.askedAtMs ?? []).filter((atMs) => atMs > Date.now() - KEPT_MS),
    inVain: new Set(own?.inVain),
    learned: new Set(),
    chosen: new Set(),
    profile: { ...(own?.profile ?? known), evidence: known.evidence },
    requests: 0,
  };
  return ok(await report(session, await converse(session)));
}

/** The pace is kept over a minute. */
const KEPT_MS = 60_000;

async function report(session: CheckSession, ended: CheckStep<true>): Promise<CheckReport> {
  const { stored, lines, requests, askedAtMs } = session;
  const profile = withEvidence(session);
  const state = ended.kind === 'ok' ? 'proven' : ended.problem.state;
  if (state === 'proven' || state === 'empty') {
    await saveProfile(stored, profile, proofsOf(session, profile, state));
    if (state === 'proven') await askForFirstRefresh(stored.connection);
  } else if (ended.kind === 'problem' && ended.problem.disproved !== null) {
    await recordProof(stored, ended.problem.disproved, null);
  }
  // A draft is only of the connection that it was begun with, and of no use once it is kept.
  const isKept = state === 'proven' || state === 'empty';
  // A check that has failed begins anew: what was in vain for it may work by then.
  const goesOn = state === 'question' || lines.at(-1)?.code === 'paused';
  const inVain = goesOn ? [...session.inVain] : [];
  await writeCheckDraft({ savedAtMs: isKept ? 0 : stored.savedAtMs, profile, askedAtMs, inVain });
  const [settings, key] = await Promise.all([readSettings(), readStoredKey()]);
  return {
    lines,
    state,
    question: ended.kind === 'problem' ? ended.problem.question : null,
    requests,
    profile,
    differs: PROFILE_ASPECTS.filter(
      (aspect) => !isDeepStrictEqual(partOf(profile, aspect), partOf(DEFAULT_PROFILE, aspect)),
    ),
    readPlan: profile.readPlan,
    view: connectionViewOf({ settings, key }),
  };
}

/** What was proven: the reads by this check; writes as long as they would be sent as they were. */
function proofsOf({ stored }: CheckSession, profile: SiteProfile, state: 'proven' | 'empty'): Proofs {
  const nowMs = Date.now();
  const { move, remove, add, ...reads } = stored.proofs;
  const before = stored.connection.profile;
  const isSame = isDeepStrictEqual(sentBy(before), sentBy(profile));
  const writes = {
    ...(move === undefined ? {} : { move }),
    ...(remove === undefined ? {} : { remove }),
    ...(add === undefined ? {} : { add }),
  };
  const all = profile.readPlan === 'all-at-once' ? { segmentsWithMembers: nowMs } : {};
  const proven = state === 'proven' ? { segmentWithMembers: nowMs, ...all } : {};
  return { ...reads, ...(isSame ? writes : {}), listSegments: nowMs, ...proven };
}

/** What decides about whom a write is, and in which form it is sent. */
function sentBy({ ids, reads, writes, key }: SiteProfile): unknown {
  return [ids, key, writes, reads.segmentWithMembers.shape.member?.id, reads.segmentsWithMembers.shape.member?.id];
}

/** The profile with why each part of it is as it is. */
function withEvidence(session: CheckSession): SiteProfile {
  const { adminAccountId, chosen, learned, profile } = session;
  const atMs = Date.now();
  const entries = PROFILE_ASPECTS.map((aspect): [ProfileAspect, Evidence] => {
    if (chosen.has(aspect)) return [aspect, { how: 'chosen', atMs, byAccountId: adminAccountId }];
    const before = profile.evidence[aspect];
    return [aspect, learned.has(aspect) && before.how !== 'chosen' ? { how: 'learned', atMs } : before];
  });
  return { ...profile, evidence: { ...profile.evidence, ...Object.fromEntries(entries) } };
}

function partOf(profile: SiteProfile, aspect: ProfileAspect): unknown {
  switch (aspect) {
    case 'key':
    case 'ids':
    case 'readPlan':
      return profile[aspect];
    case 'move':
    case 'remove':
    case 'add':
      return profile.writes[aspect];
    default:
      return profile.reads[aspect];
  }
}
