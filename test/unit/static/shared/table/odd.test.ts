import fc from '../../../../support/chance';
import { csvLine, plainName } from '../../../../../src/contract';
import { parseFile, parseText, type PeopleFault } from '../../../../../static/src/admin/segments/people';
import { parseLinks } from '../../../../../static/src/admin/people/csv/parseLinks';
import { pairsOf } from '../../../../../static/src/admin/people/csv/report';
import { readAccounts } from '../../../../../static/src/bulk/form';
import { readText } from '../../../../../static/src/shared/table';

const A = '712020:8f6e5f5a-0000-4000-8000-000000000001';
const B = '5b10ac8d82e05b22cc7d4ef5';

/** People as text: address, first and last name. */
function peopleOf(read: ReturnType<typeof parseFile>): readonly string[] | PeopleFault {
  if (read.kind === 'problem') return read.problem;
  return read.value.people.map(({ email, firstName, lastName }) =>
    [email, firstName, lastName].filter((part) => part !== null).join(' '),
  );
}
const notEmail = (line: number, text: string): PeopleFault => ({ code: 'notEmail', line, text });

describe('files of people as programs write them', () => {
  it.each<[string, string, readonly string[] | PeopleFault]>([
    [
      'two files put together',
      'email,first name\na@b.example,A\n\ufeffc@d.example,C\n',
      ['a@b.example A', 'c@d.example C'],
    ],
    ['two marks at the beginning', '\ufeff\ufeffemail,first name\na@b.example,A\n', ['a@b.example A']],
    ['a mark before a quoted heading', '\ufeff"email","first name"\n"a@b.example","A"\n', ['a@b.example A']],
    ['what can not be seen in a heading', '\u200bemail\u200b,first\u00a0name\na@b.example,A\n', ['a@b.example A']],
    ['carriage returns alone', 'email,first name\ra@b.example,A\rc@d.example,C\r', ['a@b.example A', 'c@d.example C']],
    ['a form feed', 'email,first name\n\fa@b.example,A\n', ['a@b.example A']],
    ['bars around', '| email | first name |\n| a@b.example | A |\n', ['a@b.example A']],
    ['a quoted line for Excel', '"sep=;"\nemail;first name\na@b.example;A\n', ['a@b.example A']],
    ['blank columns before', ',,email,first name\n,,a@b.example,A\n', ['a@b.example A']],
    ['tabs as blanks', 'email\t\tfirst name\na@b.example\t\tA\n', ['a@b.example A']],
    ['contacts of Google', 'Given Name,Family Name,E-mail 1 - Value\nA,L,a@b.example\n', ['a@b.example A L']],
    [
      'users of Google Workspace',
      'First Name [Required],Last Name [Required],Email Address [Required]\nA,L,a@b.example\n',
      ['a@b.example A L'],
    ],
    ['contacts of Outlook', 'First Name,Last Name,E-mail Address\nA,L,a@b.example\n', ['a@b.example A L']],
    ['users of Jira', 'User id,User name,email,User status\n1,Ann,a@b.example,Active\n', ['a@b.example']],
    ['users of Entra', 'displayName,mail,userPrincipalName\nAnn,a@b.example,a@x.example\n', ['a@b.example']],
    ['fields that are marked', 'Email *,First name *\na@b.example,A\n', ['a@b.example A']],
    ['a text of a spreadsheet', "email,first name\n'a@b.example,A\n", ['a@b.example A']],
    ['apostrophes for quotes', "'email','first name'\n'a@b.example','A'\n", ['a@b.example A']],
    ['quotes of a word processor', '“email”,“first name”\n“a@b.example”,“A”\n', ['a@b.example A']],
    ['numbers before', '1. a@b.example\n2. c@d.example', ['a@b.example', 'c@d.example']],
    ['bullets before', '- a@b.example\n• Cem <c@d.example>', ['a@b.example', 'c@d.example']],
    ['blanks between', 'a@b.example c@d.example\u00a0 e@f.example', ['a@b.example', 'c@d.example', 'e@f.example']],
    ['the line of a mail', 'To: Ann <a@b.example>; Cem <c@d.example>', ['a@b.example', 'c@d.example']],
    ['a sum at the end', 'email,first name\na@b.example,A\nTotal,1\n', notEmail(3, 'Total')],
    ['a heading once more', 'email,first name\na@b.example,A\nemail,first name\n', notEmail(3, 'email')],
    ['a table of Markdown', '| email | first name |\n| --- | :--: |\n| a@b.example | A |\n', ['a@b.example A']],
    ['such a row elsewhere', 'email,first name\na@b.example,A\n---,---\n', notEmail(3, '---')],
    ['quotes around each row', '"email,first name"\r\n"a@b.example,""A, B"""\r\n', ['a@b.example A, B']],
    ['quotes around those rows that need them', 'People\n"email,first name"\n"a@b.example,A"\n', ['a@b.example A']],
    ['such quotes below a line for Excel', 'sep=;\n"email;first name"\n"a@b.example;A"\n', ['a@b.example A']],
    ['a title before it', 'People of the team\n\nemail,first name\na@b.example,A\n', ['a@b.example A']],
    ['a title over cells that were merged', 'Export 2026-11-28;;\nemail;Vorname;\na@b.example;A;\n', ['a@b.example A']],
    ['an address before it', 'c@d.example\nemail,first name\na@b.example,A\n', notEmail(2, 'email,first name')],
    [
      'an id before it',
      '5b10ac8d82e05b22cc7d4ef5\nemail,first name\na@b.example,A\n',
      { code: 'columnMissing', column: 'email', found: ['5b10ac8d82e05b22cc7d4ef5'] },
    ],
    [
      'two cells before it',
      'People,Team\nemail,first name\na@b.example,A\n',
      { code: 'columnMissing', column: 'email', found: ['People', 'Team'] },
    ],
    ['a blank line with other separators', 'email,first name\n;;\n', { code: 'unevenRow', line: 2, text: ';;' }],
    ['formulas around texts', 'email,first name\n="a@b.example",="A ""B"" C"\n', ['a@b.example A "B" C']],
    ['such formulas in quotes', '"email","first name"\n"=""a@b.example""","=""A, B"""\n', ['a@b.example A, B']],
    ['a formula around a list', '="a@b.example"\n="c@d.example"', ['a@b.example', 'c@d.example']],
    [
      'a formula that is more than a text',
      'email,first name\n="a@b."&"example",A\n',
      { code: 'strayQuote', line: 2, text: '="a@b."&"example"' },
    ],
    [
      'a formula that never ends',
      'email,first name\n="a@b.example,A\n',
      { code: 'strayQuote', line: 2, text: '="a@b.example' },
    ],
    ['a page', '<td>a@b.example</td>', notEmail(1, '<td>a@b.example</td>')],
    ['a card', 'BEGIN:VCARD\nEMAIL:a@b.example', { code: 'columnMissing', column: 'email', found: ['BEGIN:VCARD'] }],
    ['a slash between', 'a@b.example / c@d.example', notEmail(1, 'a@b.example / c@d.example')],
  ])('%s', (_what, text, wanted) => {
    expect(peopleOf(parseFile('people.csv', text))).toEqual(wanted);
  });

  it.each<[string, string, readonly string[] | PeopleFault]>([
    ['a mark in a value', '[{"email":"\\ufeffa@b.example"}]', ['a@b.example']],
    ['a part of every object', '[{"__proto__":{"email":"x@y.example"},"email":"a@b.example"}]', ['a@b.example']],
    ['addresses alone', '["a@b.example"]', { code: 'notJson' }],
    ['a list within', '{"users":[{"email":"a@b.example"}]}', { code: 'notJson' }],
    [
      'an address within',
      '[{"email":{"value":"a@b.example"}}]',
      { code: 'objectNotEmail', line: 1, text: '{"email":{"value":"a@b.example"}}' },
    ],
  ])('JSON with %s', (_what, text, wanted) => {
    expect(peopleOf(parseFile('people.json', text))).toEqual(wanted);
  });

  it('tells the titles that stand before a heading, and the lines of the file', () => {
    expect(parseFile('people.csv', 'People\nof the team\n\nemail,first name\na@b.example,A\nnobody,B\n')).toEqual({
      kind: 'problem',
      problem: notEmail(6, 'nobody'),
    });
    const titles = ['People', 'of the team'];
    expect(parseText(`${titles.join('\n')}\n\nemail\na@b.example`)).toMatchObject({ value: { titles } });
    expect(readAccounts(`${titles.join('\n')}\naccountId\n${A}`)).toMatchObject({ value: { ids: [A], titles } });
    expect(parseLinks(`${titles.join('\n')}\naccountId,memberId\n${A},7`)).toMatchObject({ value: { titles } });
  });

  it('says which quote is not closed also below a title', () => {
    expect(parseText('Team\nemail,first name\na@b.example,"A\nc@d.example,C')).toMatchObject({
      problem: { code: 'quoteNotClosed', line: 3 },
    });
  });

  it('shows the address that stood behind a mark of a spreadsheet before it is sent', () => {
    expect(parseText("'a@b.example")).toMatchObject({ value: { taken: [{ line: 1, text: 'a@b.example' }] } });
  });
});

describe('account ids as they are copied', () => {
  it.each([
    [
      'addresses of profiles',
      `https://x.atlassian.net/jira/people/${A}\nhttps://home.atlassian.com/o/1/people/${B}?ref=x`,
    ],
    ['such an address with escapes', `https://x.atlassian.net/people/${A.replace(':', '%3A')} ${B}`],
    ['mentions of comments', `[~accountid:${A}] [~accountid:${B}]`],
    ['names of the API', `ari:cloud:identity::user/${A}\nari:cloud:identity::user/${B}`],
    ['a query', `reporter in ("${A}",${B})`],
    ['a page', `<td>${A}</td><td>${B}</td>`],
    ['objects', JSON.stringify([{ accountId: A }, { accountId: B }])],
    ['formulas around texts', `="${A}"\n="${B}"`],
    ['a table of formulas around texts', `accountId\n="${A}"\n"=""${B}"""`],
    ['texts of a spreadsheet', `accountId\n'${A}\n'${B}`],
    ['numbers before', `1. ${A}\n2) ${B}`],
    ['a dash between', `${A} — ${B}`],
    ['lines of a mainframe', `${A}\u0085${B}`],
    ['lines of a word processor', `accountId;name\v${A};A\v${B};B`],
    ['rows in quotes', `"accountId,name"\n"${A},A"\n"${B},""B, C"""`],
    ['two files put together', `accountId\n${A}\n\ufeff${B}`],
    ['a heading in capitals', `"ACCOUNTID"\r\n"${A}"\r\n"${B}"`],
  ])('are read from %s', (_what, text) => {
    expect(readAccounts(text)).toMatchObject({ kind: 'ok', value: { ids: [A, B] } });
  });

  it('are told by their row where a row has none', () => {
    expect(readAccounts(`name,accountId\nAnn,${A}\nEve,\n`)).toMatchObject({
      value: { ids: [A], others: [{ line: 3, text: 'Eve,' }] },
    });
  });

  it.each([`${A}/${B}`, `accountId=${A}&accountId=${B}`, 'https://x.atlassian.net/browse/ABC-1234567'])(
    'are told as none where it is not clear what they are: %s',
    (text) => {
      expect(readAccounts(text)).toMatchObject({ value: { ids: [], others: [{ line: 1, text }] } });
    },
  );

  it('have the member that a spreadsheet was told to take for a text', () => {
    const read = parseLinks(`accountId;memberId\n="${A}";="7"\n"=""${B}""";'8\n`);
    expect(read.kind === 'ok' && pairsOf(read.value.rows)).toEqual([
      { accountId: A, memberId: 7 },
      { accountId: B, memberId: 8 },
    ]);
  });

  it('have no member that is calculated, also where the formula is a text of its own', () => {
    const read = parseLinks(`accountId;memberId\n="=${A}";7\n${B};="=8"\n`);
    expect(read).toMatchObject({ value: { rows: [{ fault: 'formula' }, { fault: 'formula' }] } });
  });

  it.each(['1,234', '1\u202f234', '#7', '7.0', '１'])('have no member that is written %s', (memberId) => {
    const read = parseLinks(`accountId;memberId\n${A};${memberId}\n`);
    expect(read).toMatchObject({ value: { rows: [{ line: 2, fault: 'badMember' }] } });
  });

  it('are read with their members from two files put together, whose heading is told as a row that is none', () => {
    const read = parseLinks(`accountId,memberId\n${A},7\n\ufeffaccountId,memberId\n${B},8`);
    const rows = read.kind === 'ok' ? read.value.rows : [];
    expect(rows.map(({ line, kind }) => `${String(line)} ${kind}`)).toEqual(['2 pair', '3 fault', '4 pair']);
    expect(pairsOf(rows)).toEqual([
      { accountId: A, memberId: 7 },
      { accountId: B, memberId: 8 },
    ]);
  });
});

describe('what the app has written', () => {
  const signs = Array.from('=+-@;,|"\' a1\uff1d\uff0b\uff0c\uff1b\u3001\u202e\u200b\ud800\t');
  const odd = fc.string({ unit: fc.constantFrom(...signs), maxLength: 12 }).map(plainName);
  const person = fc.tuple(fc.constantFrom(A, B), fc.integer({ min: 1, max: 99_999 }), odd, odd);

  it.each<[string, readonly string[]]>([
    ['the ledger', ['time', 'member_id', 'from_name', 'to_name', 'reporter_account', 'caller_name']],
    ['the report of a run', ['accountId', 'memberId', '作業項目', 'から', 'へ', '判定']],
  ])('is read again, whatever others have called what stands beside an id: %s', (_what, heading) => {
    fc.assert(
      fc.property(fc.array(person, { minLength: 1, maxLength: 5 }), (people) => {
        const cellsOf = ([account, member, ...names]: (typeof people)[number]): (string | number)[] =>
          heading[0] === 'time'
            ? ['2026-01-01T00:00:00.000Z', member, ...names, account, names[0]]
            : [account, member, 'ACME-1', ...names, names[0]];
        const file = `\ufeff${csvLine(heading)}${people.map((one) => csvLine(cellsOf(one))).join('')}`;
        const ids = [...new Set(people.map(([account]) => account))];
        expect(readAccounts(file)).toMatchObject({ kind: 'ok', value: { ids, others: [] } });
        const links = parseLinks(file);
        expect(links.kind === 'ok' && pairsOf(links.value.rows).map(({ accountId }) => accountId)).toEqual(ids);
      }),
    );
  });
});

describe('the bytes of a file', () => {
  const read = (bytes: readonly number[], language = 'en-US') => readText(new Blob([Uint8Array.from(bytes)]), language);
  const utf8 = (text: string): number[] => [...Buffer.from(text, 'utf8')];

  it.each<[string, readonly number[], string]>([
    ['letters of UTF-32', [0xff, 0xfe, 0, 0, 0x65, 0, 0, 0, 0x6d, 0, 0, 0], 'en-US'],
    ['a zero at the end', [...utf8('email\na@b.example'), 0], 'en-US'],
    ['escapes of ISO-2022-JP', [0x1b, 0x24, 0x42, 0x25, 0x61, 0x1b, 0x28, 0x42], 'ja-JP'],
    ['the colours of a terminal', utf8('a@b.example,\u001b[31mAnn'), 'en-US'],
  ])('are not taken for letters: %s', async (_what, bytes, language) => {
    expect(await read(bytes, language)).toEqual({ kind: 'notText' });
  });

  it('are read line by line where only some are UTF-8, and told as guessed', async () => {
    const bytes = [...utf8('a@b.example;Jürgen\r\nc@d.example;Zo'), 0xeb, 0x0d, ...utf8('e@f.example;山')];
    expect(await read(bytes)).toEqual({
      kind: 'text',
      encoding: 'windows-1252',
      text: 'a@b.example;Jürgen\r\nc@d.example;Zoë\re@f.example;山',
    });
  });

  it('that are partly in UTF-8 are told as guessed', async () => {
    expect(await read([...utf8('Jürgen;'), 0xfc])).toMatchObject({ encoding: 'windows-1252' });
  });
});
