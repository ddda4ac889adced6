import { createCheckpoint } from '../../../../../src/features/bulk/worker/checkpoint';

it('hands results out in the order of their places, once all before them have theirs', () => {
  const checkpoint = createCheckpoint(4);
  checkpoint.note(6, 'refused');
  expect(checkpoint.take()).toEqual([]);
  checkpoint.note(5, 'confirmed');
  expect(checkpoint.take()).toEqual(['confirmed', 'refused']);
  expect(checkpoint.take()).toEqual([]);
});

it('counts nobody again who was counted', () => {
  const checkpoint = createCheckpoint(1);
  checkpoint.note(1, 'unknown');
  checkpoint.note(2, 'confirmed');
  expect(checkpoint.take()).toEqual(['confirmed']);
  checkpoint.note(2, 'refused');
  checkpoint.note(3, 'changed');
  expect(checkpoint.take()).toEqual(['changed']);
});
