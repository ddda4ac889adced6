import { timeText } from '../../../../static/src/shared/timeText';
import { speakEnglish } from '../../../support/english';

beforeEach(() => speakEnglish('en-GB'));

const NOW_MS = Date.UTC(2026, 10, 24, 12);
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

test.each([
  [0, 'now'],
  [5 * MINUTE_MS, '5 min ago'],
  [3 * 60 * MINUTE_MS, '3 hr ago'],
  [DAY_MS, 'yesterday'],
  [4 * DAY_MS, '4 days ago'],
  [40 * DAY_MS, '15 Oct 2026'],
])('a time %i ms ago reads "%s"', (ageMs, text) => {
  expect(timeText(NOW_MS - ageMs, NOW_MS)).toBe(text);
});

test('an American reads the date in American order', () => {
  speakEnglish('en-US');
  expect(timeText(NOW_MS - 40 * DAY_MS, NOW_MS)).toBe('Oct 15, 2026');
});

test('a clock that runs ahead does not put a change into the future', () => {
  expect(timeText(NOW_MS + 5 * MINUTE_MS, NOW_MS)).toBe('now');
});
