import { DEFAULT_PROFILE, supportReport, type CheckReport, type CheckLine } from '../../../src/contract';
import { connectionView } from '../../support/connectionView';

const PROBLEM = { code: 'shorterLoop', cause: 'malformed', status: 200, retryAfterMs: null } as const;

/** One line of each kind. */
const LINES: readonly CheckLine[] = [
  { code: 'reached', status: 200, tookMs: 12 },
  { code: 'keyAccepted', key: { header: 'Authorization', scheme: 'Bearer' } },
  { code: 'keyRefused', status: 403, tried: [{ header: 'X-API-Key', scheme: null }] },
  { code: 'listed', segments: 1, at: 'data.rows' },
  { code: 'noSegments' },
  { code: 'oneByOne', call: 'segmentsWithMembers', problem: PROBLEM },
  { code: 'members', call: 'segmentsWithMembers', segments: 3, members: 69, at: '', addresses: 98, names: 100 },
  {
    code: 'memberIds',
    call: 'segmentsWithMembers',
    at: 'userId',
    others: [{ at: 'id', why: 'differsBetweenSegments' }],
  },
  { code: 'ids', ids: 'text' },
  { code: 'paging', call: 'listSegments', paging: { kind: 'page', parameter: 'page', first: 1 }, pages: 2, size: 20 },
  { code: 'path', call: 'segmentWithMembers', path: '/api/v2/segments/1985/segment-users' },
  { code: 'compared', segmentId: 1985, members: 5 },
  { code: 'picked', call: 'segmentWithMembers' },
  { code: 'differs', segmentId: 1985, onlyInAll: 1, onlyInOne: 2 },
  { code: 'leftOut', call: 'listSegments', records: 1 },
  { code: 'unreadable', segmentIds: [1985, 1986] },
  { code: 'cut', call: 'listSegments', shown: 10, total: null },
  { code: 'verbs', kind: 'move', path: '/api/v2/segments/1985/segment-users/1986', verbs: ['PUT'] },
  {
    code: 'failed',
    call: 'listSegments',
    problem: PROBLEM,
    came: { status: 200, contentType: 'text/html', form: null },
  },
  { code: 'paused', retryAfterMs: 5_000 },
];

const REPORT: CheckReport = {
  lines: LINES,
  state: 'question',
  question: { ask: 'segmentId', path: '/api/v2/segments/{id}/segment-users', segments: [{ id: 1985, name: 'Secret' }] },
  requests: 7,
  profile: DEFAULT_PROFILE,
  differs: ['key'],
  readPlan: 'per-segment',
  view: connectionView(),
};

test('a report for support has a line for each finding, and nothing of the site', () => {
  const text = supportReport(REPORT);
  expect(text.split('\n').filter((line) => line.startsWith('- '))).toHaveLength(LINES.length + 1);
  expect(text).not.toContain('undefined');
  for (const own of ['1985', '1986', 'Secret', 'api.shorterloop.com', 'https:']) expect(text).not.toContain(own);
  expect(text).toContain('userId');
  expect(text).toContain('/api/v2/segments/{id}/segment-users/{id} allows PUT');
});

test.each<CheckReport['question']>([
  { ask: 'memberId', options: [{ at: 'id', sample: '1•••' }] },
  { ask: 'list', options: [{ at: '', sample: 'two' }] },
  { ask: 'whole', call: 'listSegments', rows: 20 },
])('it says what was asked, without samples: %j', (question) => {
  const text = supportReport({ ...REPORT, question });
  expect(text).toContain('asks: ');
  expect(text).not.toContain('1•••');
});
