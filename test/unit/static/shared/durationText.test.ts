import { durationText } from '../../../../static/src/shared/durationText';
import { setLanguage } from '../../../../static/src/i18n/language';
import { speakEnglish } from '../../../support/english';

const MINUTE_MS = 60_000;

test.each([
  [-5, '0 seconds'],
  [0, '0 seconds'],
  [1, '1 second'],
  [41_001, '42 seconds'],
  [59_001, '1 minute'],
  [MINUTE_MS, '1 minute'],
  [MINUTE_MS + 1, '2 minutes'],
  [5 * MINUTE_MS, '5 minutes'],
  [59 * MINUTE_MS + 1, '1 hour'],
  [60 * MINUTE_MS, '1 hour'],
  [90 * MINUTE_MS, '2 hours'],
])('%i ms still to wait read "%s"', (ms, text) => {
  speakEnglish();
  expect(durationText(ms)).toBe(text);
});

test.each([
  ['de-DE', '5 Minuten'],
  ['fr-FR', '5 minutes'],
  ['ja-JP', '5 分'],
])('in %s it is told as it is said there', (locale, text) => {
  setLanguage({ locale, messages: {}, english: {} });
  expect(durationText(5 * MINUTE_MS)).toBe(text);
});
