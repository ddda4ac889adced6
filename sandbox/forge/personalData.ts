import { z } from 'zod';
import type { Clock } from './clock';
import { PRIVACY_RULES } from './rules/functions';
import { jsonAnswer, type PlatformAnswer } from './wire';

/** What Atlassian says of an account that an app holds data of. */
type AccountStatus = 'closed' | 'updated';

/** Atlassian's personal-data API, as far as an app sees it. */
export type PersonalData = {
  /** Answers one report. */
  readonly handle: (body: unknown) => PlatformAnswer;
  /** The accounts of which the app reported that it holds data, in the order of the reports. */
  readonly reported: readonly { readonly accountId: string; readonly updatedAt: string }[];
  /** Closes an account, or has its profile changed now. An update is told until data newer than it is reported. */
  readonly change: (accountId: string, status: AccountStatus) => void;
  readonly reset: () => void;
};

const MOST_ACCOUNTS = PRIVACY_RULES.accounts.value;

const reportSchema = z.object({
  accounts: z.array(z.object({ accountId: z.string().min(1), updatedAt: z.iso.datetime() })),
});

/** Makes one in which no account was ever closed. */
export function createPersonalData(clock: Clock): PersonalData {
  const reported: { accountId: string; updatedAt: string }[] = [];
  const changes = new Map<string, { readonly status: AccountStatus; readonly atMs: number }>();
  const told = ({
    accountId,
    updatedAt,
  }: {
    accountId: string;
    updatedAt: string;
  }): { accountId: string; status: AccountStatus }[] => {
    const change = changes.get(accountId);
    if (change === undefined || (change.status === 'updated' && Date.parse(updatedAt) >= change.atMs)) return [];
    return [{ accountId, status: change.status }];
  };
  return {
    reported,
    handle: (body) => {
      const parsed = reportSchema.safeParse(body);
      if (!parsed.success) return jsonAnswer(400, { message: z.prettifyError(parsed.error) });
      const { accounts } = parsed.data;
      if (accounts.length > MOST_ACCOUNTS)
        return jsonAnswer(400, { message: `At most ${MOST_ACCOUNTS} accounts, not ${accounts.length}` });
      reported.push(...accounts);
      const answer = accounts.flatMap(told);
      return answer.length === 0 ? jsonAnswer(204) : jsonAnswer(200, { accounts: answer });
    },
    change: (accountId, status) => void changes.set(accountId, { status, atMs: clock.now() }),
    reset: () => {
      reported.length = 0;
      changes.clear();
    },
  };
}
