import { DEFAULT_ACCESS } from '../../../../src/contract';
import { openedTo } from '../../../../static/src/admin/setup/openedTo';

test('the setup opens board, links and others to groups who may edit, and leaves every other rule as it is', () => {
  const access = {
    ...DEFAULT_ACCESS,
    move: { permission: 'ASSIGN_ISSUES', groups: [{ id: 'g1', name: 'support' }] },
  } as const;
  const picked = [{ id: 'g0', name: 'product-team' }];
  const opened = { permission: 'EDIT_ISSUES', groupNames: ['product-team'], picked };
  expect(openedTo(access, { groups: ['product-team'], picked })).toEqual({
    board: opened,
    link: opened,
    others: opened,
    move: { permission: 'ASSIGN_ISSUES', groupNames: ['support'] },
    remove: { permission: 'EDIT_ISSUES', groupNames: [] },
    add: { permission: 'EDIT_ISSUES', groupNames: [] },
    bulk: { permission: 'ADMINISTER', groupNames: [] },
  });
});
