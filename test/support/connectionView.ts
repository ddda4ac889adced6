import { DEFAULT_PROFILE, type ConnectionView } from '../../src/contract';
import { MANAGE_FORMS } from '../../src/adapters/shorterloop';

/** A site's connection as the admin page sees it: memberships can be read, and nothing else was tried yet. */
export function connectionView(overrides: Partial<ConnectionView> = {}): ConnectionView {
  const apiOrigin = 'https://api.shorterloop.com';
  return {
    settings: { apiOrigin, initiativeId: 42, profile: DEFAULT_PROFILE },
    keyStoredAtMs: 1,
    proofs: { listSegments: 1, segmentsWithMembers: 1 },
    writesOn: true,
    ladder: { looking: 'on', moving: 'untested', removing: 'untested', adding: 'untested' },
    stops: [],
    missing: [],
    savedAtMs: 1,
    savedByAccountId: 'admin',
    defaults: { apiOrigin, profile: DEFAULT_PROFILE, allowedHosts: ['*.shorterloop.com'], assumedManage: MANAGE_FORMS },
    ...overrides,
  };
}
