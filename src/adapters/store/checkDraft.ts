import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { DEFAULT_PROFILE, type SiteProfile } from '../../contract';
import { profileSchema } from './profileSchema';

/** The key under which a check keeps what it has learned so far. */
const CHECK_DRAFT_KEY = 'check';

/**
 * What a check that has not ended goes on with: a profile of shapes and paths, and the times of its requests, by which
 * checks in a row keep to a pace. There is no name, address or key in it, and nobody who chose a part of it.
 */
export type CheckDraft = {
  /** Of the settings that the profile is a draft for. */
  readonly savedAtMs: number;
  /** Its evidence is that of the settings, and not kept here. */
  readonly profile: SiteProfile;
  /** Milliseconds since the epoch. */
  readonly askedAtMs: readonly number[];
  /** The ways to a list's next page that were tried and are none, so that a check does not try them after each rest. */
  readonly inVain: readonly string[];
};

const storedSchema = z.object({
  version: z.literal(1),
  savedAtMs: z.number(),
  profile: profileSchema,
  askedAtMs: z.array(z.number()),
  inVain: z.array(z.string()),
});

/** The draft of the last check; null where there is none that can be read. Throws ForgeKvsError when storage fails. */
export async function readCheckDraft(): Promise<CheckDraft | null> {
  // A draft of an earlier form is nothing to go on with: the check begins anew.
  return storedSchema.safeParse(await kvs.get<unknown>(CHECK_DRAFT_KEY)).data ?? null;
}

/** Replaces the draft. Throws ForgeKvsError when storage fails. */
export async function writeCheckDraft(draft: CheckDraft): Promise<void> {
  const profile = { ...draft.profile, evidence: DEFAULT_PROFILE.evidence };
  await kvs.set(CHECK_DRAFT_KEY, { version: 1, ...draft, profile });
}
