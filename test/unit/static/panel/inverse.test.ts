import type { PanelView, WriteResult } from '@contract';
import { inverseOf } from '../../../../static/src/panel/inverse';
import { initialsOf } from '../../../../static/src/panel/initials';
import { confirmationIn } from '../../../../static/src/shared/confirmation';

const A = { id: 1, name: 'A' };
const B = { id: 2, name: 'B' };
const NOTHING = { move: null, remove: null, add: null, link: null, invite: null };
const REFUSED = { code: 'writeNotProven', kind: 'add' } as const;
const common = {
  operationId: 'one',
  state: 'finished',
  actorAccountId: 'me',
  members: [{ memberId: 7, outcome: 'confirmed', reason: 'readBackAgrees' }],
  intendedAtMs: 1,
  finishedAtMs: 2,
  recoveredAtMs: null,
  undoes: null,
  answer: null,
  strays: null,
} as const satisfies Partial<WriteResult['entry']>;
const moved: WriteResult['entry'] = { ...common, kind: 'move', from: A, to: B };
const added: WriteResult['entry'] = { ...common, kind: 'add', from: null, to: B };
const removed: WriteResult['entry'] = { ...common, kind: 'remove', from: A, to: null };

function viewWith(refusals: Partial<PanelView['refusals']> = {}, undoable = true): PanelView {
  const member = { id: 7, name: 'Ann', segmentIds: [2] };
  return {
    viewerAccountId: 'me',
    reporter: null,
    match: { state: 'linked', member, link: { how: 'manual', byAccountId: null, atMs: 1 } },
    writesOn: true,
    segments: [A, B],
    source: { kind: 'live' },
    history: [{ ...moved, undoable }],
    refusals: { ...NOTHING, ...refusals },
    shorterLoopUrl: null,
    sync: null,
  };
}

describe('what takes a write back', () => {
  it('is an undo of a move that can be undone, and nothing otherwise', () => {
    expect(inverseOf(moved, viewWith())).toMatchObject({ kind: 'undo', undoes: 'one' });
    expect(inverseOf(moved, viewWith({}, false))).toBeNull();
    expect(inverseOf(moved, viewWith({ move: REFUSED }))).toBeNull();
  });

  it('is a removal of who was added, and an addition of who was removed, where the viewer may', () => {
    expect(inverseOf(added, viewWith())).toMatchObject({ kind: 'remove', from: B });
    expect(inverseOf(added, viewWith({ remove: REFUSED }))).toBeNull();
    expect(inverseOf(removed, viewWith())).toMatchObject({ kind: 'add', to: A });
    expect(inverseOf(removed, viewWith({ add: REFUSED }))).toBeNull();
  });

  it('is nothing for somebody who is not linked any more', () => {
    expect(inverseOf(added, { ...viewWith(), match: { state: 'notFound' } })).toBeNull();
  });
});

describe('initials', () => {
  it.each([
    ['Ann Lee', 'AL'],
    ['ann', 'A'],
    ['Ann van der Berg', 'AB'],
    ['李 小龍', '李小'],
    ['', ''],
    ['<b>x</b>', 'BB'],
  ])('of %j are %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

describe('what a dialog asks', () => {
  const asked = { title: 'T', lines: ['a'], confirm: 'Yes', cancel: 'No' };

  it('is read from the context of the page that it opens', () => {
    expect(confirmationIn({ modal: asked })).toEqual(asked);
    expect(confirmationIn({ modal: { ...asked, lines: ['a', 7] } })).toEqual(asked);
  });

  it.each([null, {}, { modal: null }, { modal: { ...asked, title: 7 } }, { modal: { ...asked, lines: 'a' } }])(
    'is nothing in %j',
    (extension) => {
      expect(confirmationIn(extension)).toBeNull();
    },
  );
});
