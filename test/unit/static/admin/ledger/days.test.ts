import { RETENTION_DAYS } from '../../../../../src/contract';
import { daysIn } from '../../../../../static/src/admin/ledger/days';

test.each([
  ['90', 90],
  [' 90\u00a0', 90],
  ['090', 90],
  ['\uff19\uff10', 90],
  [String(RETENTION_DAYS.least), RETENTION_DAYS.least],
  [String(RETENTION_DAYS.most), RETENTION_DAYS.most],
])('days that are typed as %j are read', (text, days) => {
  expect(daysIn(text)).toBe(days);
});

test.each([
  '',
  ' ',
  '0x5a',
  '1e2',
  '90.0',
  '+90',
  '-90',
  '9 0',
  '\u0669\u0660',
  'Infinity',
  String(RETENTION_DAYS.least - 1),
  String(RETENTION_DAYS.most + 1),
])('what is no number of days is none: %j', (text) => {
  expect(daysIn(text)).toBeNull();
});
