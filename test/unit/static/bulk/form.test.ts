import { check, readAccounts, type Form } from '../../../../static/src/bulk/form';

const A = '712020:8f6e5f5a-0000-4000-8000-000000000001';
const B = '5b10ac8d82e05b22cc7d4ef5';
const C = '557058:c0ffee00-0000-4000-8000-000000000002';
const read = (text: string) => {
  const list = readAccounts(text);
  if (list.kind === 'problem') throw new Error(list.problem.code);
  return list.value;
};

describe('a list of account ids', () => {
  it.each([
    ['on lines', `${A}\n${B}\n${C}`],
    ['on one line', `${A}, ${B}; ${C}`],
    ['between blanks, bars and tabs', `${A} ${B}|\t${C}`],
    ['on lines that end with carriage returns', `${A}\r${B}\r${C}\r`],
    ['as JSON', JSON.stringify([A, B, C])],
    ['quoted, with a mark', `\ufeff"${A}"\r\n'${B}'\r\n(${C})`],
    [
      'in a table whose first column they are not',
      `Issue key;Account ID\nABC-10001;${A}\nABC-10002;${B}\nABC-10003;${C}`,
    ],
    ['in a table without a heading', `ABC-10001,${A}\nABC-10002,${B}\nABC-10003,${C}`],
    ['between the signs of other keyboards', `${A}，${B}、「${C}」`],
    ['with bullets and quotes of a document', `• “${A}”.\n• ${B}:\n• «${C}»`],
    ['with marks that can not be seen', `\u200b${A}\u200b\n${B}\u2060\n\u202a${C}\u202c`],
    ['in a table with such marks', `Account ID\n\u200b${A}\n${B}\u00a0\n\ufeff${C}`],
    ['in a German table', `sep=;\nName;Konto-ID\nX;${A}\n"Y; Z";${B}\nQ;${C}\n`],
  ])('is read %s', (_what, text) => {
    expect(read(text).ids).toEqual([A, B, C]);
  });

  it('says what is none, what is there twice, and which columns are not used', () => {
    expect(read(`ABC-1234567\n${A}\n2026-11-28T10:00:00Z 0123456789\nname\n${A}`)).toEqual({
      ids: [A],
      repeated: [{ line: 5, text: A }],
      others: [
        { line: 1, text: 'ABC-1234567' },
        { line: 3, text: '2026-11-28T10:00:00Z' },
        { line: 3, text: '0123456789' },
        { line: 4, text: 'name' },
      ],
      unused: [],
      titles: [],
    });
    expect(read(`accountId,memberId,issue\n${A},1,ABC-1\n`).unused).toEqual(['memberId', 'issue']);
  });
});

describe('the form of a run', () => {
  const FORM: Form = { source: 'accounts', jql: '', accounts: '', act: 'remove', from: [1], to: '' };

  it('is not sent with a table that can not be read, or without an account', () => {
    expect(check({ ...FORM, accounts: `accountId\n"${A}\n${B}` })).toEqual({
      kind: 'errors',
      errors: { accounts: 'bulk.new.errors.accountsUnread' },
    });
    expect(check({ ...FORM, accounts: 'ABC-1234567' })).toEqual({
      kind: 'errors',
      errors: { accounts: 'bulk.new.errors.accounts' },
    });
    expect(check({ ...FORM, accounts: A })).toMatchObject({ kind: 'sent', sent: { accountIds: [A] } });
  });
});
