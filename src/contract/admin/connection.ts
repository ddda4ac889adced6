import type { ManageRoute } from '../manage';
import type { Result } from '../result';
import type { Proofs } from '../proofs';
import type { SiteProfile, WriteForm } from '../profile';
import type { MemberView, Segment } from '../segments';
import type { MissingSetting } from '../problem';
import type { Ladder, WriteStop } from './ladder';

/** How the app reaches Shorter Loop, without the key. */
export type ConnectionSettings = {
  /** An https origin within the manifest's egress, without a path: `https://api.shorterloop.com`. */
  readonly apiOrigin: string;
  /** The Shorter Loop product; sent in the `initiativeId` header. */
  readonly initiativeId: number;
  /** How this Shorter Loop wants to be asked and answers. */
  readonly profile: SiteProfile;
};

/** What the Connection tab shows. The key itself is never sent to a browser. */
export type ConnectionView = {
  /** Null until an admin saved settings for the first time. */
  readonly settings: ConnectionSettings | null;
  /** When the key was stored, milliseconds since the epoch; null when there is none. */
  readonly keyStoredAtMs: number | null;
  readonly proofs: Proofs;
  /** Whether the reads are proven, so that entry points may write. */
  readonly writesOn: boolean;
  readonly ladder: Ladder;
  /** The kinds of writes that rest, because others were changed beside one. */
  readonly stops: readonly WriteStop[];
  readonly missing: readonly MissingSetting[];
  readonly savedAtMs: number | null;
  readonly savedByAccountId: string | null;
  readonly defaults: ConnectionDefaults;
};

/** What a fresh form starts with, and the hosts that the manifest lets the app reach. */
export type ConnectionDefaults = Omit<ConnectionSettings, 'initiativeId'> & {
  readonly allowedHosts: readonly string[];
  /** Verb and path that the calls that manage have until an admin overrides the path. */
  readonly assumedManage: Readonly<Record<ManageRoute, Pick<WriteForm, 'verb' | 'path'>>>;
};

/** The form as sent. `key: null` keeps the stored key. */
export type SaveInput = { readonly settings: ConnectionSettings; readonly key: string | null };

/** What an admin can choose from to prove a write. */
export type ProvingGround = {
  readonly segments: readonly SegmentCount[];
  /** The members of the segment that was asked about, at most {@link PROVING_LIMIT}. */
  readonly members: readonly MemberView[];
};
/** How many members of a segment are offered to prove a write with. */
export const PROVING_LIMIT = 50;

/** A segment with the number of its members; null when it is not known. */
export type SegmentCount = Segment & { readonly members: number | null };

/** The functions of the Connection tab. */
export type ConnectionDefinitions = {
  'admin.load': () => Result<ConnectionView>;
  'admin.save': (input: SaveInput) => Result<ConnectionView>;
  'admin.provingGround': (input: { readonly segmentId: number | null }) => Result<ProvingGround>;
};
