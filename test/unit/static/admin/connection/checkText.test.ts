import type { CheckLine } from '../../../../../src/contract';
import { lineWords } from '../../../../../static/src/admin/connection/check/checkText';
import { restOf, together } from '../../../../../static/src/admin/connection/check/choices';
import { isGood, nextLook } from '../../../../../static/src/admin/connection/writeTest/steps';
import { othersText, stepWords } from '../../../../../static/src/admin/connection/writeTest/testText';
import { DEFAULT_PROFILE, type TestStepResult } from '../../../../../src/contract';
import { speakEnglish } from '../../../../support/english';
import { ledgerEntry } from '../../../../support/ledgerEntry';

beforeAll(speakEnglish);

/** Without the marks that keep a value from turning the sentence around it. */
const plain = (text: string): string => text.replaceAll(/[\u2066-\u2069]/g, '');

function said(line: CheckLine): string {
  const { text, more } = lineWords(line);
  return plain([text, ...more].join(' '));
}

test.each<[CheckLine, string]>([
  [{ code: 'listed', segments: 12, at: 'data.rows' }, '12 segments, read from data.rows.'],
  [
    {
      code: 'members',
      call: 'segmentsWithMembers',
      segments: 12,
      members: 1996,
      at: 'users',
      addresses: 98,
      names: 100,
    },
    '1,996 members in 12 segments, read from users. Addresses for 98 %, names for 100 %.',
  ],
  [
    {
      code: 'memberIds',
      call: 'segmentsWithMembers',
      at: 'userId',
      others: [{ at: 'id', why: 'differsBetweenSegments' }],
    },
    'The members’ IDs come from userId. There is also id, which differs from segment to segment for the same person.',
  ],
  [
    { code: 'paging', call: 'listSegments', paging: { kind: 'link' }, pages: 2, size: 100 },
    'The list comes in pages of 100, followed by the header Link: 2 pages read.',
  ],
  [{ code: 'keyAccepted', key: { header: 'X-API-Key', scheme: null } }, 'The key is accepted, sent as X-API-Key: •••.'],
])('%j is said in plain words', (line, expected) => {
  expect(said(line)).toBe(expected);
});

test('a failure says what came, without any value of it, and what to do', () => {
  const text = said({
    code: 'failed',
    call: 'listSegments',
    problem: { code: 'shorterLoop', cause: 'malformed', status: 200, retryAfterMs: null },
    came: { status: 200, contentType: 'text/html', form: null },
  });
  expect(text).toContain('What came: status 200, text/html, and no JSON.');
});

test('what was chosen before stays chosen, and lists that are whole add up', () => {
  expect(together({ segmentId: 1, whole: ['listSegments'] }, { whole: ['segmentsWithMembers'] })).toEqual({
    segmentId: 1,
    whole: ['listSegments', 'segmentsWithMembers'],
  });
  expect(together({ memberId: 'id' }, { memberId: 'userId' })).toEqual({ memberId: 'userId' });
});

test('a check rests only where its last line says so', () => {
  expect(restOf({ lines: [{ code: 'paused', retryAfterMs: 5 }] })).toBe(5);
  expect(restOf({ lines: [{ code: 'paused', retryAfterMs: 5 }, { code: 'noSegments' }] })).toBeNull();
  expect(restOf({ lines: [] })).toBeNull();
});

test('a step that is not visible yet is looked at until it is settled, and not for ever', () => {
  expect(nextLook(null, 0)).toBeNull();
  expect(nextLook(300_000, 0)).toBe(10_000);
  expect(nextLook(300_000, 295_000)).toBe(301_000);
  expect(nextLook(300_000, 301_000)).toBe(302_000);
  expect(nextLook(300_000, 400_000)).toBeNull();
});

describe('a step of the test', () => {
  const members = [{ memberId: 1685, outcome: 'confirmed', reason: null }] as const;
  const RESULT: TestStepResult = {
    entry: { ...ledgerEntry(), members },
    refused: [],
    form: DEFAULT_PROFILE.writes.move,
    leftOthers: [],
    joinedOthers: [],
    strays: null,
    people: [],
    isCompared: true,
    uncompared: 0,
    settlesAtMs: null,
    proves: null,
  };

  it('is good only when it did what it should, and nothing else', () => {
    const strays = { missing: [{ memberId: 2, segmentId: 19 }], joined: [], count: 1 };
    expect(isGood(RESULT)).toBe(true);
    for (const odd of [
      { strays },
      { leftOthers: [20] },
      { joinedOthers: [20] },
      { isCompared: false },
      { entry: { ...RESULT.entry, members: [{ memberId: 1685, outcome: 'notConfirmed' as const, reason: null }] } },
    ])
      expect(isGood({ ...RESULT, ...odd })).toBe(false);
  });

  it('claims nothing of a segment that could not be compared', () => {
    const ended = { step: 'remove', state: 'ended', result: { ...RESULT, uncompared: 2 } } as const;
    expect(stepWords(ended.result, []).seen.map(plain)).toContain(
      '2 segments could not be read in full, and nobody can tell what happened there.',
    );
    expect(plain(othersText([ended]))).toMatch(
      /^Everybody else who could be compared stayed where they were\. 2 segments/,
    );
    expect(plain(othersText([{ ...ended, result: RESULT }]))).toMatch(/^Everybody else stayed where they were\./);
  });

  it('names who else was changed, and where', () => {
    const strays = {
      missing: [
        { memberId: 2, segmentId: 19 },
        { memberId: 3, segmentId: 19 },
      ],
      joined: [],
      count: 2,
    };
    const people = [{ id: 2, name: 'Ann' }];
    const { seen, next } = stepWords({ ...RESULT, strays, people }, [{ id: 19, name: 'Beta' }]);
    expect(seen.map(plain)).toContain('2 other people are missing from Beta: Ann and Member #3.');
    expect(next).toContain('This request changes other people.');
  });

  it('has nothing to do next when it was good', () => {
    expect(stepWords(RESULT, []).next).toBeNull();
  });
});
