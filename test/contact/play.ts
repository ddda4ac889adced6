import type { NamedProfile } from '../../sandbox/shorterloop';
import { judge, type Judgement } from './judge';
import { openContactLab, type ContactLab } from './lab';
import { mistype, visit } from './visit';

/** Plays one server from a fresh install to the end of the first day, and compares with the truth. */
export async function playProfile(named: NamedProfile): Promise<Judgement> {
  const mistyped = await inLab(named, mistype);
  return inLab(named, async (lab) => judge(lab, await visit(lab), mistyped, await lab.ledger()));
}

async function inLab<T>(named: NamedProfile, work: (lab: ContactLab) => Promise<T>): Promise<T> {
  const lab = await openContactLab(named);
  try {
    return await work(lab);
  } finally {
    await lab.stop();
  }
}

/** How many servers came to what. */
export type Totals = {
  readonly profiles: number;
  readonly working: number;
  readonly refusedRightly: number;
  readonly deadEnds: number;
  readonly falseStatements: number;
  readonly lostPeople: number;
  readonly strandedBystanders: number;
};

/** Counts one more server. */
export function counted(totals: Totals, { expected }: NamedProfile, judgement: Judgement): Totals {
  const { came, deadEnds, falseStatements, lostPeople, strandedBystanders } = judgement;
  return {
    profiles: totals.profiles + 1,
    working: totals.working + (came === 'working' ? 1 : 0),
    refusedRightly: totals.refusedRightly + (came === 'refused' && expected.kind === 'refused' ? 1 : 0),
    deadEnds: totals.deadEnds + (deadEnds.length > 0 ? 1 : 0),
    falseStatements: totals.falseStatements + falseStatements.length,
    lostPeople: totals.lostPeople + lostPeople.length,
    strandedBystanders: totals.strandedBystanders + strandedBystanders.length,
  };
}

/** Before the first. */
export const NOTHING_COUNTED: Totals = {
  profiles: 0,
  working: 0,
  refusedRightly: 0,
  deadEnds: 0,
  falseStatements: 0,
  lostPeople: 0,
  strandedBystanders: 0,
};
