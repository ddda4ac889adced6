import {
  OUTCOMES,
  SHORTER_LOOP_CAUSES,
  WRITE_KINDS,
  type HistoryEntry,
  type Outcome,
  type OutcomeReason,
} from '../../../../src/contract';
import { resultText } from '../../../../static/src/panel/resultText';
import { outcomeOf, rowText, statusOf } from '../../../../static/src/panel/rowText';
import { speakEnglish } from '../../../support/english';
import { ledgerEntry } from '../../../support/ledgerEntry';

beforeAll(() => speakEnglish());

const WHO = 'Ada Lovelace';

function ended(
  outcome: Outcome,
  reason: OutcomeReason,
  overrides: Parameters<typeof ledgerEntry>[0] = {},
): HistoryEntry {
  return { ...ledgerEntry({ members: [{ memberId: 7, outcome, reason }], ...overrides }), strays: null };
}

function allWords(entry: HistoryEntry): string {
  const { title, lines } = resultText(entry, WHO);
  return [title, ...lines].join(' ');
}

test('a confirmed move tells where Shorter Loop shows the member now', () => {
  expect(resultText(ended('confirmed', 'readBackAgrees'), WHO)).toEqual({
    tone: 'success',
    title: 'Confirmed',
    lines: ['Ada Lovelace is now in Early adopters.'],
    canLookAgain: false,
  });
});

test('a confirmed undo tells that the member is back', () => {
  expect(allWords(ended('confirmed', 'readBackAgrees', { undoes: 'x' }))).toContain('back in Early adopters');
});

test('a confirmed removal tells that the member is no longer shown', () => {
  expect(allWords(ended('confirmed', 'readBackAgrees', { kind: 'remove', to: null }))).toContain(
    'Ada Lovelace is no longer in Beta testers',
  );
});

test.each([
  ['unchanged', 'still shows Ada Lovelace in Beta testers'],
  ['inBoth', 'in both Beta testers and Early adopters'],
  ['inNeither', 'in neither Beta testers nor Early adopters'],
] as const)('a move that is not confirmed because %s says so and offers another look', (reason, words) => {
  const result = resultText(ended('notConfirmed', reason), WHO);
  expect(result.lines[0]).toContain(words);
  expect(result).toMatchObject({ tone: 'warning', canLookAgain: true });
});

describe('a move that Shorter Loop accepted and does not show', () => {
  const answer = { status: 200, cause: null, count: 1 } as const;
  const accepted = ended('notConfirmed', 'unchanged', { state: 'undecided', answer });

  test('is told as that, with where the member is shown and how long they are held', () => {
    expect(resultText(accepted, WHO)).toEqual({
      tone: 'warning',
      title: 'Accepted by Shorter Loop, not visible yet',
      lines: [
        'Shorter Loop still shows Ada Lovelace in Beta testers.',
        'Nobody else can change this member until it is settled (at most 5 minutes). Check again to ask Shorter Loop.',
      ],
      canLookAgain: true,
    });
    expect(statusOf(accepted).text).toBe('not visible yet');
    const empty = { ...accepted, answer: { status: 202, cause: 'malformed', count: null } } as const;
    expect(resultText(empty, WHO).title).toBe('Accepted by Shorter Loop, not visible yet');
  });

  test('is not called accepted where it was not answered, or answered with a no', () => {
    for (const cause of ['timeout', 'server', 'invalid', 'redirected'] as const) {
      const entry = ended('notConfirmed', 'unchanged', { state: 'undecided', answer: { ...answer, cause } });
      expect(allWords(entry)).not.toContain('Accepted');
      expect(statusOf(entry).text).toBe('not settled yet');
    }
  });

  test('is not confirmed once it is settled as that', () => {
    const settled = { ...accepted, state: 'finished' } as const;
    expect(resultText(settled, WHO).title).toBe('Not confirmed');
    expect(statusOf(settled).text).toBe('not confirmed');
  });
});

test('who else was changed beside a move is told, whatever became of it', () => {
  const strays = {
    counts: [
      { segment: { id: 1, name: 'Beta testers' }, what: 'missing', who: 'others', count: 2 },
      { segment: { id: 3, name: 'Founders' }, what: 'missing', who: 'member', count: 1 },
    ],
    isMore: false,
  } as const;
  const { title, tone, lines } = resultText({ ...ended('confirmed', 'readBackAgrees'), strays }, WHO);
  expect({ title, tone }).toEqual({ title: 'Confirmed, but others were changed too', tone: 'warning' });
  expect(lines).toEqual([
    'Ada Lovelace is now in Early adopters.',
    '2 other members are missing from Beta testers.',
    'Ada Lovelace is no longer in Founders either.',
    expect.stringContaining('A Jira admin can see who it is'),
  ]);
  const refused = resultText({ ...ended('refused', 'saidNo'), strays: { ...strays, isMore: true } }, WHO);
  expect(refused).toMatchObject({ title: 'Refused', tone: 'error' });
  expect(refused.lines).toContain('There are more of them.');
});

test('a no in an answer of success is none for good, and offers another look', () => {
  const answer = { status: 200, cause: 'invalid', count: null } as const;
  const result = resultText(ended('refused', 'saidNo', { state: 'undecided', answer }), WHO);
  expect(result).toMatchObject({ title: 'Refused for now', tone: 'warning', canLookAgain: true });
  expect(result.lines[0]).toContain('may still make it');
  expect(result.lines.join(' ')).not.toContain('nothing was changed');
});

test('an unknown outcome says that we do not know and offers another look', () => {
  const result = resultText(ended('unknown', 'notReadable'), WHO);
  expect(result.lines[0]).toContain('We don’t know');
  expect(result.canLookAgain).toBe(true);
});

test.each(SHORTER_LOOP_CAUSES)('a refusal for %s gives a cause and a next step', (cause) => {
  const entry = ended('refused', 'saidNo', { answer: { status: 400, cause, count: null } });
  const { tone, lines } = resultText(entry, WHO);
  expect(tone).toBe('error');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toContain('nothing was changed');
});

const UNPROVEN = OUTCOMES.filter((outcome) => outcome !== 'confirmed');

test.each(UNPROVEN)('nothing says that the member was moved or removed when the outcome is %s', (outcome) => {
  for (const kind of WRITE_KINDS) {
    for (const undoes of [null, 'x']) {
      const entry = ended(outcome, 'unchanged', { undoes, kind });
      expect(allWords(entry)).not.toMatch(/\b(moved|removed)\b|\bnow\./i);
      expect(rowText(entry)).not.toMatch(/\b(moved|removed)\b/i);
    }
  }
});

test('a row says moved, moved back or removed once that is confirmed', () => {
  expect(rowText(ended('confirmed', 'readBackAgrees'))).toBe('Moved from Beta testers to Early adopters');
  expect(rowText(ended('confirmed', 'readBackAgrees', { undoes: 'x' }))).toBe(
    'Moved back from Beta testers to Early adopters',
  );
  expect(rowText(ended('confirmed', 'readBackAgrees', { kind: 'remove', to: null }))).toBe('Removed from Beta testers');
});

test('a write that never came to an end has no outcome and is not called moved', () => {
  const members = [{ memberId: 7, outcome: null, reason: null }];
  const entry = { ...ledgerEntry({ state: 'intended', members }), strays: null };
  expect(statusOf(entry).text).toBe('not finished');
  expect(outcomeOf(entry)).toBeNull();
  expect(rowText(entry)).toBe('Move from Beta testers to Early adopters');
});
