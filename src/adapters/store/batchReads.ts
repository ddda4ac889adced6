import type { AccessSettings, LedgerEntry, ProjectScope } from '../../contract';
import type { LinkState } from '../../domain/people';
import type { TokenBucket } from '../shorterloop';
import { ACCESS_KEY, parseAccess } from './access';
import { readAll, type Place } from './batch';
import { DIRECTORY_KEY, directoryOf, type DirectoryMeta } from './directory';
import { LEDGER_ENTITY, parseEntry } from './ledger';
import { LINK_ENTITY, parseLink } from './links';
import { TOKEN_BUCKET_PLACE, parseTokenBucket } from './tokenBucket';
import { parseProjectScope, PROJECTS_KEY } from './projects';
import { parseSettings, SETTINGS_KEY, type StoredSettings } from './settings';
import type { Versioned } from './versioned';

/** The token bucket as stored; null before Shorter Loop was asked for the first time. */
export type StoredTokenBucket = Versioned<TokenBucket> | null;

const settingsPlace: Place = { key: SETTINGS_KEY };
const accessPlace: Place = { key: ACCESS_KEY };
const directoryPlace: Place = { key: DIRECTORY_KEY };
const projectsPlace: Place = { key: PROJECTS_KEY };
const linkPlace = (reporterAccountId: string): Place => ({ key: reporterAccountId, entityName: LINK_ENTITY });
const entryPlace = (operationId: string): Place => ({ key: operationId, entityName: LEDGER_ENTITY });

/** What every question about a reporter starts with. Throws ForgeKvsError when storage fails. */
export async function readToLook(reporterAccountId: string): Promise<{
  readonly settings: StoredSettings | null;
  readonly tokenBucket: StoredTokenBucket;
  readonly access: AccessSettings;
  readonly scope: ProjectScope;
  readonly link: LinkState;
  readonly directoryMeta: DirectoryMeta | null;
}> {
  const at = await readAll([
    settingsPlace,
    TOKEN_BUCKET_PLACE,
    accessPlace,
    projectsPlace,
    linkPlace(reporterAccountId),
    directoryPlace,
  ]);
  return {
    settings: parseSettings(at(settingsPlace)),
    tokenBucket: parseTokenBucket(at(TOKEN_BUCKET_PLACE)),
    access: parseAccess(at(accessPlace)),
    scope: parseProjectScope(at(projectsPlace)),
    link: parseLink(at(linkPlace(reporterAccountId))),
    directoryMeta: await directoryOf(at(directoryPlace)),
  };
}

/** What every change starts with. Throws ForgeKvsError when storage fails. */
export async function readToChange(): Promise<{
  readonly settings: StoredSettings | null;
  readonly tokenBucket: StoredTokenBucket;
  readonly access: AccessSettings;
  readonly scope: ProjectScope;
  readonly directoryMeta: DirectoryMeta | null;
}> {
  const at = await readAll([settingsPlace, TOKEN_BUCKET_PLACE, accessPlace, projectsPlace, directoryPlace]);
  return {
    settings: parseSettings(at(settingsPlace)),
    tokenBucket: parseTokenBucket(at(TOKEN_BUCKET_PLACE)),
    access: parseAccess(at(accessPlace)),
    scope: parseProjectScope(at(projectsPlace)),
    directoryMeta: await directoryOf(at(directoryPlace)),
  };
}

/**
 * A reporter's link, and the writes with these ids; null where there is none. Throws ForgeKvsError when storage
 * fails.
 */
export async function readLinkAndEntries(
  reporterAccountId: string,
  operationIds: readonly string[],
): Promise<{ readonly link: LinkState; readonly entries: readonly (LedgerEntry | null)[] }> {
  const at = await readAll([linkPlace(reporterAccountId), ...operationIds.map(entryPlace)]);
  return {
    link: parseLink(at(linkPlace(reporterAccountId))),
    entries: operationIds.map((id) => parseEntry(id, at(entryPlace(id)))),
  };
}

/** The writes with these ids, in their order; null where there is none. Throws ForgeKvsError when storage fails. */
export async function readEntries(operationIds: readonly string[]): Promise<(LedgerEntry | null)[]> {
  const at = await readAll(operationIds.map(entryPlace));
  return operationIds.map((id) => parseEntry(id, at(entryPlace(id))));
}
