import { MANAGE_ROUTES } from './manage';

/**
 * What can be shown to work before the app relies on it. A read is proven by asking, a write by one
 * try that an admin asks for.
 */
export const PROOFS = [
  'listSegments',
  'segmentsWithMembers',
  'segmentWithMembers',
  'move',
  'remove',
  'add',
  ...MANAGE_ROUTES,
] as const;
/** One of {@link PROOFS}. */
export type ProofName = (typeof PROOFS)[number];

/** What has been proven with the connection as it is stored, and when (milliseconds since the epoch). */
export type Proofs = Partial<Readonly<Record<ProofName, number>>>;
