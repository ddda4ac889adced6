import { READINGS } from '../../../../sandbox/forge/rules/readings';
import { scheduleFailure } from '../../../../sandbox/forge/scheduledTriggers';

test('what a schedule returns is ignored, or without a status recorded as 424', () => {
  expect([undefined, { statusCode: 500 }].map((returned) => scheduleFailure(returned, READINGS.a))).toEqual([
    null,
    null,
  ]);
  expect(scheduleFailure(undefined, READINGS.b)).toContain('424');
  expect(scheduleFailure({ statusCode: 500 }, READINGS.b)).toContain('500');
  expect(scheduleFailure({ statusCode: 204 }, READINGS.b)).toBeNull();
});
