import { DEFAULT_PROFILE, ok, picksFromAll, type ReadCall } from '../../../contract';
import type { RawAnswer } from '../../../adapters/shorterloop';
import { isAboutKey, looksCut, saysNo } from '../../../domain/profile';
import { looksCutWithin, type AllReading } from './checkAll';
import type { Before, OneReading } from './chooseSegments';
import { askAdmin, isSuccess, learnRead, type CheckSession, type CheckStep } from './checkSession';

const ALL: ReadCall = 'segmentsWithMembers';
const ONE: ReadCall = 'segmentWithMembers';

/**
 * All segments, where one is picked out of them: as it was found before, or as an admin has entered. Where all of them
 * can't be read any more, one is looked for as if nothing was known.
 */
export function pickedFrom(session: CheckSession, { all }: Before): AllReading | null {
  if (!picksFromAll(session.profile)) return null;
  if (all !== null) return all;
  const { reads } = session.profile;
  session.profile = { ...session.profile, reads: { ...reads, [ONE]: DEFAULT_PROFILE.reads[ONE] } };
  return null;
}

/** Whether an answer says that there is no such path, or nothing for this verb. */
export function isNoRoute(answer: RawAnswer): boolean {
  if (isSuccess(answer)) return saysNo(answer.json) && !isAboutKey(answer.json);
  return [400, 404, 405, 410, 422, 501].includes(answer.status) && !isAboutKey(answer.json);
}

/**
 * Picks one segment out of all, where Shorter Loop has no read of one. Nothing can be compared with it, so that members
 * that look cut are doubted, and counts that say that there are more are believed.
 */
export function pickOne(session: CheckSession, all: AllReading): CheckStep<OneReading> {
  const { reads } = session.profile;
  learnRead(session, ONE, reads[ALL]);
  session.lines.push({ code: 'picked', call: ONE });
  const cut = all.segments.find(({ told, elements }) => told !== null && told > elements.length);
  if (cut !== undefined && looksCut(cut.elements.length, { goesOn: null, total: null })) {
    session.lines.push({ code: 'cut', call: ALL, shown: cut.elements.length, total: cut.told });
    return { kind: 'problem', problem: { state: 'failed', question: null, disproved: ALL } };
  }
  if (looksCutWithin(all.segments)) {
    const rows = Math.max(0, ...all.segments.map(({ elements }) => elements.length));
    const isBelieved = session.choices.whole?.includes(ALL) === true;
    if (!isBelieved) return askAdmin({ ask: 'whole', call: ALL, rows: cut?.elements.length ?? rows });
    session.chosen.add(ALL);
  }
  const asked = all.segments.find(({ segmentId }) => segmentId === session.choices.segmentId);
  const { segmentId, memberIds } = asked ?? all.segments[0] ?? { segmentId: 0, memberIds: new Set<number>() };
  return ok({ segmentId, idForm: all.idForm, isAllWhole: true, memberIds });
}
