import { labelledEntries } from '../../../../../static/src/admin/ledger/labelled';
import { explanationOf } from '../../../../../static/src/admin/ledger/entryText';
import { strayTexts } from '../../../../../static/src/admin/ledger/strayText';
import { speakEnglish } from '../../../../support/english';
import { ledgerEntry } from '../../../../support/ledgerEntry';

beforeAll(() => speakEnglish());

const from = { id: 11, name: 'Beta testers' };
const to = { id: 15, name: 'Champions' };

test('those who were changed beside a write are named by segment', () => {
  const missing = Array.from({ length: 12 }, (_one, nth) => ({ memberId: 100 + nth, segmentId: 11 }));
  const strays = { missing, joined: [{ memberId: 7, segmentId: 99 }], count: 20 };
  const [first, second, third] = strayTexts(ledgerEntry({ from, to, strays }));
  expect(first).toMatch(/^Missing from Beta testers since then: Member #100, .+Member #109,? and 2 others\.$/);
  expect(second).toBe('In Segment #99 since then as well: Member #7.');
  expect(third).toBe('7 more were changed and can’t be named here.');
  expect(strayTexts(ledgerEntry())).toEqual([]);
});

test('two segments of one name are told apart in the list', () => {
  const twin = { id: 19, name: 'Beta testers' };
  const [one, other] = labelledEntries([
    ledgerEntry({ from, to }),
    ledgerEntry({ kind: 'remove', from: twin, to: null }),
  ]);
  expect(one).toMatchObject({ from: { name: 'Beta testers (#11)' }, to: { name: 'Champions' } });
  expect(other).toMatchObject({ from: { name: 'Beta testers (#19)' }, to: null });
});

test('a write that was accepted and does not show is said to be that', () => {
  const answer = { status: 200, cause: null, count: 1 } as const;
  const members = [{ memberId: 7, outcome: 'notConfirmed', reason: 'unchanged' }] as const;
  expect(explanationOf(ledgerEntry({ state: 'undecided', answer, members }))[0]).toContain('accepted the change');
});
