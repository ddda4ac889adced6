import { BATCH_SIZES, nextSize } from '../../../../src/domain/runs';

describe('the size of the next batch', () => {
  it('grows step by step while full batches are confirmed, up to the largest', () => {
    const sizes = [1];
    for (let times = 0; times < 4; times += 1) sizes.push(nextSize(sizes.at(-1) ?? 1, sizes.at(-1) ?? 1, 'confirmed'));
    expect(sizes).toEqual([...BATCH_SIZES, 500]);
  });

  it('stays when a batch was smaller than it might have been, or says nothing', () => {
    expect(nextSize(100, 99, 'confirmed')).toBe(100);
    expect(nextSize(10, 10, 'nothing')).toBe(10);
    expect(nextSize(10, 3, 'nothing')).toBe(10);
  });

  it('shrinks step by step after trouble, however small the batch was, down to one', () => {
    expect(nextSize(500, 500, 'trouble')).toBe(100);
    expect(nextSize(100, 3, 'trouble')).toBe(10);
    expect(nextSize(10, 10, 'trouble')).toBe(1);
    expect(nextSize(1, 1, 'trouble')).toBe(1);
  });

  it('takes a size between two steps for the smaller of them', () => {
    expect(nextSize(50, 50, 'confirmed')).toBe(100);
    expect(nextSize(50, 50, 'trouble')).toBe(1);
  });
});
