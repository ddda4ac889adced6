import { createHash } from 'node:crypto';
import type { ProjectScope } from '../../contract';
import { membershipsIn } from '../../domain/people';
import { shownSegments, type ShownSegments } from '../../domain/segments';
import {
  NOTHING_SHOWN,
  readDirectory,
  readFieldSettings,
  readLinks,
  readMembers,
  readProjectScope,
  readSettings,
} from '../../adapters/store';
import { directoryFor } from './readAffectedSegments';

/** From what the field's values are computed, for one invocation. */
export type FieldReading = {
  /** Whether an admin has switched the field on; off, every value is empty. */
  readonly isOn: boolean;
  readonly scope: ProjectScope;
  /** The values of reporters by account id. Throws ForgeKvsError when storage fails. */
  readonly valuesOf: (accountIds: readonly string[]) => Promise<ReadonlyMap<string, readonly string[]>>;
  /** What all values depend on beside the memberships themselves: another text, another state of the site. */
  readonly fingerprint: string;
};

/**
 * What the field shows, by links and directory alone: nothing is asked of Shorter Loop, however often issues are
 * opened. Null while the site has no directory, so that nothing can be told. Throws ForgeKvsError when storage fails.
 */
export async function readFieldReading(): Promise<FieldReading | null> {
  const [field, settings, directoryMeta, scope] = await Promise.all([
    readFieldSettings(),
    readSettings(),
    readDirectory(),
    readProjectScope(),
  ]);
  if (!field.isOn) {
    const nobody = (ids: readonly string[]) => Promise.resolve(new Map(ids.map((id) => [id, []] as const)));
    return { isOn: false, scope, valuesOf: nobody, fingerprint: digestOf(['off', String(field.changedAtMs)]) };
  }
  const directory = settings === null ? null : directoryFor(settings.connection, directoryMeta);
  if (directory === null) return null;
  const shown = shownSegments(directory.segments, field.segmentIds);
  const chosen = directory.segments.filter(({ id }) => field.segmentIds.includes(id));
  const names = chosen.map(({ id }) => `${String(id)} ${shown([id])[0] ?? ''}`);
  return {
    isOn: true,
    scope,
    valuesOf: (ids) => valuesOf(ids, (member) => shown(membershipsIn(directory, member))),
    fingerprint: digestOf([String(field.changedAtMs), JSON.stringify(scope), ...names]),
  };
}

/** A text that says whether two lists of values are the same. */
export function digestOf(values: readonly string[]): string {
  if (values.length === 0) return NOTHING_SHOWN;
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url').slice(0, 22);
}

async function valuesOf(
  accountIds: readonly string[],
  shownOf: (member: Parameters<typeof membershipsIn>[1]) => ReturnType<ShownSegments>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const links = await readLinks(accountIds);
  const memberIds = [...links.values()].flatMap((link) => (link.state === 'linked' ? [link.memberId] : []));
  const members = await readMembers([...new Set(memberIds)]);
  return new Map(
    accountIds.map((accountId) => {
      const link = links.get(accountId);
      const member = link?.state === 'linked' ? members.get(link.memberId) : undefined;
      return [accountId, member === undefined ? [] : shownOf(member)];
    }),
  );
}
