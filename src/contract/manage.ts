/**
 * The calls of Shorter Loop that manage segments and people, each switched on by a proof of its own. None of their
 * paths is documented.
 */
export const MANAGE_ROUTES = [
  'createSegment',
  'renameSegment',
  'deleteSegment',
  'addByEmail',
  'importToSegment',
  'emailSegment',
  'emailMembers',
  'createMembers',
  'importMembers',
  'reinvite',
] as const;
/** One of {@link MANAGE_ROUTES}. */
export type ManageRoute = (typeof MANAGE_ROUTES)[number];

/** Someone who is to become a member. The address goes to Shorter Loop and is kept nowhere. */
export type Invitee = { readonly email: string; readonly firstName: string | null; readonly lastName: string | null };

/** One call that manages segments or people. Ids are positive safe integers. */
export type ManageCall =
  | { readonly route: 'createSegment'; readonly name: string }
  | { readonly route: 'renameSegment'; readonly segmentId: number; readonly name: string }
  | { readonly route: 'deleteSegment'; readonly segmentId: number }
  | {
      readonly route: 'addByEmail' | 'importToSegment';
      readonly segmentId: number;
      readonly people: readonly Invitee[];
    }
  | { readonly route: 'createMembers' | 'importMembers'; readonly people: readonly Invitee[] }
  | { readonly route: 'emailSegment'; readonly segmentId: number; readonly subject: string; readonly message: string }
  | {
      readonly route: 'emailMembers';
      readonly memberIds: readonly number[];
      readonly subject: string;
      readonly message: string;
    }
  | { readonly route: 'reinvite'; readonly memberIds: readonly number[] };

/**
 * What is known of a call that manages: `accepted` where nothing can be read back, so that Shorter Loop's word has to
 * do.
 */
export type ManageOutcome = 'confirmed' | 'accepted' | 'notConfirmed' | 'refused' | 'unknown';

/** How many people one call may be about. */
export const PEOPLE_LIMIT = 50;
/** How many characters a name of a person or of a segment has at most. */
export const NAME_LIMIT = 100;
/** How many members a segment may have, and people a call may be about, to try what is not proven yet. */
export const SCRATCH_LIMIT = 1;
