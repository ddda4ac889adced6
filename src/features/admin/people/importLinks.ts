import { z } from 'zod';
import {
  MAX_IMPORT_ROWS,
  type Result,
  type ImportInput,
  type ImportVerdict,
  type ImportVerdicts,
  type LinkPair,
  ok,
} from '../../../contract';
import { askForFieldFill } from '../../../usecases/jobs';
import { fromJira, logFailure, parseInput } from '../../../usecases/result';
import { openIndex } from '../../../usecases/lookup';
import { readUsers } from '../../../adapters/jira';
import { personhoodOf, type LinkState, type Reporter } from '../../../domain/people';
import { noteReporters, readLinks, writeImportedLinks } from '../../../adapters/store';
import type { AdminRequest } from '../request';
import { accountIdSchema, actOf } from './lookup';

const importSchema: z.ZodType<ImportInput> = z.object({
  rows: z
    .array(z.object({ accountId: accountIdSchema, memberId: z.int().positive() }))
    .min(1)
    .max(MAX_IMPORT_ROWS)
    .refine((rows) => new Set(rows.map(({ accountId }) => accountId)).size === rows.length),
  replace: z.boolean(),
});

/** Says for each row what an import would do with it. Nothing is stored. */
export async function checkImport(_request: AdminRequest, payload: unknown): Promise<Result<ImportVerdicts>> {
  const input = parseInput(importSchema, payload);
  if (input.kind === 'problem') return input;
  const verdicts = await judge(input.value);
  return verdicts.kind === 'ok' ? ok({ verdicts: verdicts.value }) : verdicts;
}

/**
 * Imports the rows that can be imported, and says of each what became of it. They are judged anew,
 * because the preview is some time old and came from a browser.
 */
export async function importLinks({ adminAccountId }: AdminRequest, payload: unknown): Promise<Result<ImportVerdicts>> {
  const input = parseInput(importSchema, payload);
  if (input.kind === 'problem') return input;
  const judged = await judge(input.value);
  if (judged.kind === 'problem') return judged;
  const isWanted = (nth: number): boolean => judged.value[nth] === 'new' || judged.value[nth] === 'replaces';
  const wanted = input.value.rows.filter((_row, nth) => isWanted(nth));
  const refused = await writeImportedLinks(wanted, actOf(adminAccountId));
  const linked = wanted.filter(({ accountId }) => !refused.has(accountId));
  await noteReporters(
    linked.map(({ accountId, memberId }) => ({ accountId, state: 'linked', memberId, issues: 'known' })),
  ).catch((error: unknown) => void logFailure('people.note', error));
  await askForFieldFill({ accountIds: linked.map(({ accountId }) => accountId) });
  return ok({
    verdicts: input.value.rows.map(({ accountId }, nth) =>
      refused.has(accountId) ? 'notStored' : (judged.value[nth] ?? 'notStored'),
    ),
  });
}

async function judge({ rows, replace }: ImportInput): Promise<Result<ImportVerdict[]>> {
  const accountIds = rows.map(({ accountId }) => accountId);
  const [links, found, index] = await Promise.all([readLinks(accountIds), readUsers(accountIds), openIndex()]);
  if (index.kind === 'problem') return index;
  const users = fromJira(found);
  if (users.kind === 'problem') return users;
  const known = await index.value.index.segmentIdsOf(rows.map(({ memberId }) => memberId));
  const userOf = new Map(users.value.map((user) => [user.accountId, user]));
  return ok(
    rows.map((row) =>
      verdictOn(row, {
        link: links.get(row.accountId) ?? { state: 'none' },
        user: userOf.get(row.accountId),
        known,
        replace,
      }),
    ),
  );
}

type Known = {
  readonly link: LinkState;
  readonly user: Reporter | undefined;
  readonly known: ReadonlyMap<number, unknown>;
  readonly replace: boolean;
};

function verdictOn({ memberId }: LinkPair, { link, user, known, replace }: Known): ImportVerdict {
  if (user === undefined) return 'unknownAccount';
  if (personhoodOf(user).kind === 'notAPerson') return 'notAPerson';
  if (!known.has(memberId)) return 'unknownMember';
  if (link.state !== 'linked') return 'new';
  if (link.memberId === memberId) return 'same';
  return replace ? 'replaces' : 'linkedElsewhere';
}
