import { makeResolver } from '../../usecases/result';
import type { BoardDefinitions } from '../../contract';
import { count, kept } from './count';
import { members } from './members';
import { open } from './open';
import { reporters } from './reporters';
import { boardFunction } from './request';
import { add, move, remove } from './writes';

/** The board's resolver: its own root, so that no other entry point's function can be reached through it. */
export const boardResolver = makeResolver<BoardDefinitions>({
  'board.open': boardFunction('board.open', open),
  'board.members': boardFunction('board.members', members),
  'board.reporters': boardFunction('board.reporters', reporters),
  'board.kept': boardFunction('board.kept', kept),
  'board.count': boardFunction('board.count', count),
  'board.move': boardFunction('board.move', move),
  'board.remove': boardFunction('board.remove', remove),
  'board.add': boardFunction('board.add', add),
});
