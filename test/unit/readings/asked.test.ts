import { READINGS } from '../../../sandbox/forge/rules/readings';
import { notingReadings } from '../../readings/asked';

test('a reading that is asked for leaves a note, one that is only passed on does not', () => {
  const note = jest.fn();
  const readings = notingReadings(READINGS.b, note);
  const passedOn = { readings };
  expect(note).not.toHaveBeenCalled();
  expect(passedOn.readings.filters).toBe('beforeLimit');
  expect(note).toHaveBeenCalledTimes(1);
});
