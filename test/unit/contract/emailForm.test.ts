import { isSendableEmail } from '../../../src/contract';
import { normalizeEmail, sendableEmail } from '../../../src/domain/people';

const SENDABLE = [
  'ann@company.example',
  'ANN+jira@Company.Example',
  "o'hara@company.example",
  'ann@bücher.example',
  'ann@cafe\u0301.example',
  'ann@пример.рф',
  'ann@例え.jp',
  'ann@उदाहरण.भारत',
  'ann@xn--e1afmkfd.xn--p1ai',
  'ann@straße.example',
  `${'a'.repeat(64)}@${'b'.repeat(63)}.example`,
];

describe('an address that can be sent', () => {
  it.each(SENDABLE)('is one still in the form in which it is sent, and stays the same address: %s', (email) => {
    expect([email, sendableEmail(email)].map(isSendableEmail)).toEqual([true, true]);
    expect(sendableEmail(email)).toMatch(/^[ -~]+$/);
    expect(normalizeEmail(sendableEmail(email))).toBe(normalizeEmail(email));
  });

  it.each([
    'mailto:ann@company.example',
    'ann@company.example.',
    'ann@company',
    'a..b@company.example',
    '.a@company.example',
    'josé@company.example',
    'bo\u212a@company.example',
    'ann@ban\u212a.example',
    'ann@\uff43ompany.example',
    'ann@company\uff0eexample',
    'ann@-company.example',
    'ann@[192.0.2.1]',
    'ann@192.0.2.1',
    'a@b@company.example',
    'ann@company.example\nBcc: bob@company.example',
    `${'a'.repeat(250)}@company.example`,
    `${'a'.repeat(65)}@company.example`,
    `ann@${'a'.repeat(64)}.example`,
    // Short enough as they stand, and not in the form in which they are sent.
    `ann@${'ü'.repeat(60)}.example`,
    `ann@${`${'ü'.repeat(25)}.`.repeat(8)}example`,
    'ann@company-.example',
    'ann@xn--.example',
    'ann@xn--zz--.example',
    'ann@xn--zzzzzzz9.example',
    'ann@company.xn--a.example',
    'ann@company.xn--',
  ])('is not %j', (email) => {
    expect([email, sendableEmail(email)].map(isSendableEmail)).toEqual([false, false]);
  });
});
