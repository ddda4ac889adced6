import { DEFAULT_ACCESS, type AccessSettings } from '../../../../../src/contract';
import { accessFormOf, actOfField, groupNames, toAccessInput } from '../../../../../static/src/admin/access/form';

test('what is stored is shown and sent as it was', () => {
  const access: AccessSettings = {
    ...DEFAULT_ACCESS,
    move: {
      permission: 'ASSIGN_ISSUES',
      groups: [
        { id: 'g1', name: 'product-team' },
        { id: 'g2', name: 'support' },
      ],
    },
  };
  expect(accessFormOf(access).move).toEqual({ permission: 'ASSIGN_ISSUES', groups: 'product-team, support' });
  expect(toAccessInput(accessFormOf(access))).toEqual({
    board: { permission: 'ADMINISTER', groupNames: [] },
    link: { permission: 'ADMINISTER', groupNames: [] },
    move: { permission: 'ASSIGN_ISSUES', groupNames: ['product-team', 'support'] },
    remove: { permission: 'EDIT_ISSUES', groupNames: [] },
    add: { permission: 'EDIT_ISSUES', groupNames: [] },
    others: { permission: 'ADMINISTER', groupNames: [] },
    bulk: { permission: 'ADMINISTER', groupNames: [] },
  });
});

test.each([
  ['', []],
  [' , ,', []],
  ['a, b ,a', ['a', 'b']],
])('the groups in "%s"', (line, names) => {
  expect(groupNames(line)).toEqual(names);
});

test('a refused field is found by its name', () => {
  expect(actOfField('remove.groupNames')).toBe('remove');
  expect(actOfField('settings.apiOrigin')).toBeNull();
});
