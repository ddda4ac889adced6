import { ForgeKvsError, kvs } from '@forge/kvs';
import type { LinkState } from '../people';
import { LINK_ENTITY, parseLink } from './links';
import { parseSettings, SETTINGS_KEY, type StoredSettings } from './settings';

/** What every question about a reporter starts with. */
export type SettingsAndLink = { readonly settings: StoredSettings | null; readonly link: LinkState };

/**
 * Settings and one reporter's link in one call, because a panel that opens pays for each.
 * Throws ForgeKvsError when storage fails.
 */
export async function readSettingsAndLink(reporterAccountId: string): Promise<SettingsAndLink> {
  const { successfulKeys, failedKeys } = await kvs.batchGet<unknown>([
    { key: SETTINGS_KEY },
    { key: reporterAccountId, entityName: LINK_ENTITY },
  ]);
  const failure = failedKeys.find(({ error }) => error.code !== 'KEY_NOT_FOUND');
  if (failure !== undefined) throw new ForgeKvsError(`A batch read failed with ${failure.error.code}`);
  return {
    settings: parseSettings(successfulKeys.find(({ entityName }) => entityName === undefined)?.value),
    link: parseLink(successfulKeys.find(({ entityName }) => entityName === LINK_ENTITY)?.value),
  };
}
