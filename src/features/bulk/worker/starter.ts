import { ERASED, isErased, ok, type Problem } from '../../../contract';
import type { AccessRules } from '../../../usecases/access';
import type { Run, RunPerson } from '../../../domain/runs';
import { readLinks, readToChange } from '../../../adapters/store';
import { isOutage, refusalsNow, requireBulk } from '../access';
import type { AskRefusals } from './admission';

/** In whose name a session works, and what they may do now. */
export type Starter = {
  readonly accountId: string;
  /** Told of the rules whenever they are read. */
  readonly note: (rules: AccessRules) => void;
  /**
   * Whether the session stands as it began: the same person answers for the run, by the same rules. Otherwise another
   * session has to begin, which asks for everybody anew.
   */
  readonly stands: (run: Run) => boolean;
  /**
   * Whom the starter may not change now, by the settings as they are now. A problem where Jira can't say: then nothing
   * may be sent.
   */
  readonly refusals: AskRefusals;
  /** The problem with which Jira can't say who may be changed; null where it can. */
  readonly findOutage: () => Promise<Problem | null>;
};

/**
 * Whoever started a run, or resumed it last, when a session on it begins.
 * @param beforeAsking waits until Jira may be asked
 */
export function createStarter(claimed: Run, beforeAsking: () => Promise<void>): Starter {
  const accountId = starterOf(claimed);
  const actor = { kind: 'account', accountId } as const;
  let first: string | null = null;
  let last: string | null = null;
  const note = (rules: AccessRules): void => {
    last = JSON.stringify(rules);
    first ??= last;
  };
  return {
    accountId,
    note,
    stands: (run) => starterOf(run) === accountId && first === last,
    refusals: async (people) => {
      const { access, scope } = await readToChange();
      note({ access, scope });
      if (isErased(accountId)) return ok(people.map(() => 'notPermitted'));
      await beforeAsking();
      const [refused, changed] = await Promise.all([
        refusalsNow(actor, claimed.act.kind, people, { access, scope }),
        linkedElsewhere(people),
      ]);
      if (refused.kind === 'problem') return refused;
      return ok(people.map((person, nth) => refused.value[nth] ?? (changed.has(person.place) ? 'changed' : null)));
    },
    findOutage: async () => {
      const asked = isErased(accountId) ? ok(true) : await requireBulk(actor, await readToChange());
      return asked.kind === 'problem' && isOutage(asked.problem) ? asked.problem : null;
    },
  };
}

/**
 * The places of those who are not the members any more for whom a preview took them: their link was taken back, or is
 * to another one. An undo is about whoever was moved, whoever that is now. Throws ForgeKvsError when storage fails.
 */
async function linkedElsewhere(people: readonly RunPerson[]): Promise<ReadonlySet<number>> {
  const taken = people.filter(({ accountId, undoes }) => undoes === null && !isErased(accountId));
  const links = await readLinks(taken.map(({ accountId }) => accountId));
  const others = taken.filter(({ accountId, memberId }) => {
    const link = links.get(accountId);
    return link?.state === 'unlinked' || (link?.state === 'linked' && link.memberId !== memberId);
  });
  return new Set(others.map(({ place }) => place));
}

/** Nobody answers for a run that was never started: then nobody may do what it does. */
function starterOf({ startedByAccountId }: Run): string {
  return startedByAccountId ?? ERASED;
}
