import {
  SCRATCH_LIMIT,
  type Result,
  type ManageCall,
  type ManageInput,
  type ManageResult,
  ok,
  err,
} from '../../../contract';
import { connect, requireReads, type Writable } from '../../../usecases/connection';
import { shorterLoopProblem } from '../../../usecases/result';
import { manage, type ManageActor } from '../../../usecases/write';
import { readKey, readTokenBucket, readSettings, recordProof } from '../../../adapters/store';
import type { AdminRequest } from '../request';
import { parseManage } from './input';
import { segmentsViewOf } from './list';

/**
 * Creates, renames or deletes a segment, adds people, or has e-mails sent. What is not proven yet may be
 * tried about one person at most, when the admin asks for that; once it has worked, it is switched on.
 */
export async function manageSegments(
  { adminAccountId }: AdminRequest,
  payload: unknown,
): Promise<Result<ManageResult>> {
  const input = parseManage(payload);
  if (input.kind === 'problem') return input;
  const { call } = input.value;
  const [settings, key, tokenBucket] = await Promise.all([readSettings(), readKey(), readTokenBucket()]);
  const connected = connect(settings, key, tokenBucket);
  if (connected.kind === 'problem') return connected;
  const writable = requireReads(connected.value);
  if (writable.kind === 'problem') return writable;
  const allowed = await mayBeSent(writable.value, input.value);
  if (allowed.kind === 'problem') return allowed;
  const managed = await manage(writable.value, call, originOf(adminAccountId));
  if (managed.kind === 'problem') return managed;
  const { outcome, cause } = managed.value;
  const isProof = input.value.trial && (outcome === 'confirmed' || outcome === 'accepted');
  if (isProof && settings !== null) await recordProof(settings, call.route, Date.now());
  const view = await segmentsViewOf(
    isProof ? { ...writable.value, proofs: { ...writable.value.proofs, [call.route]: Date.now() } } : writable.value,
  );
  // What was sent has its outcome, also where nothing more can be read: told as a problem, it would be sent again.
  return ok({ outcome, cause, view: view.kind === 'ok' ? view.value : null });
}

function originOf(actorAccountId: string): ManageActor {
  return { entryPoint: 'admin', actorAccountId, reporterAccountId: null, issueId: null, issueKey: null };
}

async function mayBeSent(writable: Writable, { call, people, trial }: ManageInput): Promise<Result<true>> {
  const isOn = writable.proofs[call.route] !== undefined;
  if (!isOn && !trial) return err({ code: 'featureOff', feature: call.route });
  const about = await concerned(writable, call);
  if (about.kind === 'problem') return about;
  if (about.value.told !== people) return err({ code: 'countChanged', people: about.value.told });
  // Only the grouping goes with a segment; who is in it leaves it first, each with a row in the ledger.
  if (call.route === 'deleteSegment' && about.value.told > 0)
    return err({ code: 'countChanged', people: about.value.told });
  return isOn || about.value.most <= SCRATCH_LIMIT ? ok(true) : err({ code: 'notAScratch', people: about.value.most });
}

/**
 * How many people a call is about as the page tells it, and how many it could reach if it did not do what is assumed.
 */
async function concerned(
  { client }: Writable,
  call: ManageCall,
): Promise<Result<{ readonly told: number; readonly most: number }>> {
  if (!('segmentId' in call)) {
    const told = 'people' in call ? call.people.length : 'memberIds' in call ? call.memberIds.length : 0;
    return ok({ told, most: told });
  }
  const read = await client.segmentWithMembers(call.segmentId);
  if (read.kind === 'problem')
    return err(
      read.problem.cause === 'notFound' ? { code: 'stale', reason: 'targetGone' } : shorterLoopProblem(read.problem),
    );
  if (read.value.unreadable !== undefined) return err({ code: 'segmentUnreadable', segmentId: call.segmentId });
  const inside = read.value.members.length;
  if ('people' in call) return ok({ told: call.people.length, most: Math.max(inside, call.people.length) });
  return ok({ told: call.route === 'renameSegment' ? 0 : inside, most: inside });
}
