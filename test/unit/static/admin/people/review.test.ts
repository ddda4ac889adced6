import { initialsOf } from '../../../../../static/src/admin/people/initials';
import { actOf } from '../../../../../static/src/admin/people/review/keys';

const PRESSED = { isModified: false, isRepeated: false, isTyping: false };

describe('the keys of the review', () => {
  it.each([
    ['n', 'next'],
    ['N', 'next'],
    ['l', 'link'],
    ['s', 'skip'],
    ['p', 'notAPerson'],
    ['x', null],
    ['Enter', null],
  ] as const)('%s is %s', (key, act) => {
    expect(actOf({ key, ...PRESSED })).toBe(act);
  });

  it.each([{ isTyping: true }, { isModified: true }, { isRepeated: true }])(
    'decide nothing while %o: nobody is dismissed by a letter that was meant for something else',
    (where) => {
      expect(actOf({ key: 's', ...PRESSED, ...where })).toBeNull();
    },
  );
});

describe('the initials of a person', () => {
  it.each([
    ['Ada Lovelace', 'AL'],
    ['Mary Ann de Souza', 'MS'],
    ['cher', 'C'],
    ['李 小龙', '李小'],
    ['  (Bot) – Émile  Zola ', 'BZ'],
    ['', ''],
    ['🙂', ''],
  ])('of “%s” are “%s”', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});
