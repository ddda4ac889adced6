import { ok, type IdForm, type ReadPlan } from '../../../contract';
import { checkAll, CUT, oneByOne } from './checkAll';
import { checkList } from './checkList';
import { checkOne } from './checkOne';
import { isChosen, type CheckSession, type CheckStep } from './checkSession';
import { checkVerbs } from './checkVerbs';

/** The check from its first question to its last; the problem says why it ended before. */
export async function converse(session: CheckSession): Promise<CheckStep<true>> {
  const list = await checkList(session);
  if (list.kind === 'problem') return list;
  const all = await checkAll(session, list.value);
  if (all.kind === 'problem') return all;
  const one = await checkOne(session, { list: list.value, all: all.value });
  if (one.kind === 'problem') return one;
  const plan = all.value !== null && one.value.isAllWhole ? 'all-at-once' : 'per-segment';
  if (all.value !== null && plan === 'per-segment') {
    const told = oneByOne(session, CUT);
    if (told.kind === 'problem') return told;
  }
  const ids = one.value.idForm ?? all.value?.idForm ?? list.value.ids;
  learnPlan(session, plan, ids);
  await checkVerbs(session, one.value.segmentId);
  return ok(true);
}

function learnPlan(session: CheckSession, readPlan: ReadPlan, ids: IdForm): void {
  session.profile = { ...session.profile, readPlan };
  session.learned.add('readPlan');
  if (isChosen(session, 'ids')) return;
  session.profile = { ...session.profile, ids };
  session.learned.add('ids');
  session.lines.push({ code: 'ids', ids });
}
