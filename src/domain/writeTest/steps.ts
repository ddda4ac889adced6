import type { TestInput, TestPlan, TestStep, WriteKind } from '../../contract';

/** A step as a write: the segments that it is between follow from its kind. */
export type StepEnds =
  | { readonly kind: 'move'; readonly fromId: number; readonly toId: number }
  | { readonly kind: 'remove'; readonly fromId: number; readonly toId: null }
  | { readonly kind: 'add'; readonly fromId: null; readonly toId: number };

/** The kind of write that a step tries, and proves when all is well; a move is proven by the way back. */
export const KIND_OF_STEP: Readonly<Record<TestStep, WriteKind>> = {
  moveThere: 'move',
  moveBack: 'move',
  add: 'add',
  remove: 'remove',
};

/** The steps of a test, in order. Adding comes before removing, which then takes back what was added. */
export function stepsOf({ withAdding, withRemoving }: Pick<TestInput, 'withAdding' | 'withRemoving'>): TestStep[] {
  return [
    'moveThere',
    'moveBack',
    ...(withAdding ? (['add'] as const) : []),
    ...(withRemoving ? ['remove' as const] : []),
  ];
}

/** What a step writes: a removal takes the person out of the target where adding has put them there before. */
export function endsOfStep(step: TestStep, { fromSegmentId, toSegmentId, withAdding }: TestInput): StepEnds {
  switch (step) {
    case 'moveThere':
      return { kind: 'move', fromId: fromSegmentId, toId: toSegmentId };
    case 'moveBack':
      return { kind: 'move', fromId: toSegmentId, toId: fromSegmentId };
    case 'add':
      return { kind: 'add', fromId: null, toId: toSegmentId };
    case 'remove':
      return { kind: 'remove', fromId: withAdding ? toSegmentId : fromSegmentId, toId: null };
  }
}

/** What a whole test leaves behind: the segments that the person is in at the end and was not, and the other way. */
export function leftBehindBy(input: TestInput): Pick<TestPlan, 'leavesIn' | 'leavesOutOf'> {
  const { withAdding, withRemoving, fromSegmentId, toSegmentId } = input;
  return {
    leavesIn: withAdding && !withRemoving ? [toSegmentId] : [],
    leavesOutOf: withRemoving && !withAdding ? [fromSegmentId] : [],
  };
}
