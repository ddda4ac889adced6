import { ERASED, isErased, ok, type Problem } from '../../../contract';
import type { AccessRules } from '../../../usecases/access';
import type { Run } from '../../../domain/runs';
import { readToChange } from '../../../adapters/store';
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
      return refusalsNow(actor, claimed.act.kind, people, { access, scope });
    },
    findOutage: async () => {
      const asked = isErased(accountId) ? ok(true) : await requireBulk(actor, await readToChange());
      return asked.kind === 'problem' && isOutage(asked.problem) ? asked.problem : null;
    },
  };
}

/** Nobody answers for a run that was never started: then nobody may do what it does. */
function starterOf({ startedByAccountId }: Run): string {
  return startedByAccountId ?? ERASED;
}
