import { ACTS, DEFAULT_ACCESS, type AccessSettings } from '../../../../../src/contract';
import {
  accessFormOf,
  actOfField,
  actWithOpenQuery,
  isOpenToProjectMakers,
  toAccessInput,
} from '../../../../../static/src/admin/access/form';

test('what is stored is shown and sent as it was', () => {
  const access: AccessSettings = {
    ...DEFAULT_ACCESS,
    move: {
      permission: 'ASSIGN_ISSUES',
      groups: [
        { id: 'g1', name: 'product, team' },
        { id: 'g2', name: 'support' },
      ],
    },
  };
  expect(accessFormOf(access).move).toEqual({
    permission: 'ASSIGN_ISSUES',
    groups: ['product, team', 'support'],
    picked: [],
    query: '',
  });
  expect(toAccessInput(accessFormOf(access))).toEqual({
    board: { permission: 'ADMINISTER', groupNames: [] },
    link: { permission: 'ADMINISTER', groupNames: [] },
    move: { permission: 'ASSIGN_ISSUES', groupNames: ['product, team', 'support'] },
    remove: { permission: 'EDIT_ISSUES', groupNames: [] },
    add: { permission: 'EDIT_ISSUES', groupNames: [] },
    others: { permission: 'ADMINISTER', groupNames: [] },
    bulk: { permission: 'ADMINISTER', groupNames: [] },
  });
});

test('a group that was chosen since is sent with its id', () => {
  const form = accessFormOf(DEFAULT_ACCESS);
  const picked = [{ id: 'g9', name: 'support' }];
  expect(toAccessInput({ ...form, link: { ...form.link, groups: ['support'], picked } }).link).toEqual({
    permission: 'ADMINISTER',
    groupNames: ['support'],
    picked,
  });
});

test('a group that was typed and not chosen is found before the form is saved', () => {
  const form = accessFormOf(DEFAULT_ACCESS);
  expect(actWithOpenQuery(form)).toBeNull();
  expect(actWithOpenQuery({ ...form, link: { ...form.link, query: ' supp' } })).toBe('link');
  expect(actWithOpenQuery({ ...form, link: { ...form.link, query: '  ' } })).toBeNull();
});

test('no default is open to whoever may create a project', () => {
  for (const act of ACTS) expect(isOpenToProjectMakers(act, accessFormOf(DEFAULT_ACCESS)[act])).toBe(false);
});

test.each(['board', 'link', 'others', 'bulk'] as const)(
  '%s by a permission of projects alone is warned about',
  (act) => {
    expect(isOpenToProjectMakers(act, { permission: 'EDIT_ISSUES', groups: [] })).toBe(true);
    expect(isOpenToProjectMakers(act, { permission: 'ADMINISTER_PROJECTS', groups: [] })).toBe(true);
    expect(isOpenToProjectMakers(act, { permission: 'EDIT_ISSUES', groups: ['support'] })).toBe(false);
    expect(isOpenToProjectMakers(act, { permission: 'ADMINISTER', groups: [] })).toBe(false);
  },
);

test('a refused field is found by its name', () => {
  expect(actOfField('remove.groupNames')).toBe('remove');
  expect(actOfField('settings.apiOrigin')).toBeNull();
});
