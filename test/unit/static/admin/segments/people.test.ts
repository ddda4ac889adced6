import fc from '../../../../support/chance';
import { parseFile, parseText, type PeopleFault } from '../../../../../static/src/admin/segments/people';

const ADA = { email: 'ada@company.example', firstName: 'Ada', lastName: 'Lovelace' };
const BOB = { email: 'bob@company.example', firstName: null, lastName: null };
const ADA_ALONE = { ...ADA, firstName: null, lastName: null };

const peopleIn = (read: ReturnType<typeof parseText>) => {
  if (read.kind === 'problem') throw new Error(JSON.stringify(read.problem));
  return read.value.people;
};
const faultIn = (read: ReturnType<typeof parseText>): PeopleFault | null =>
  read.kind === 'problem' ? read.problem : null;

test.each([
  ['an address alone', ' ada@company.example ', [ADA_ALONE]],
  ['names beside it', 'ada@company.example, Ada, Lovelace', [ADA]],
  ['names between semicolons', 'ada@company.example;Ada;Lovelace', [ADA]],
  ['names before it', 'Ada\tLovelace\tada@company.example', [ADA]],
  ['a last name alone', 'ada@company.example,,Lovelace', [{ ...ADA, firstName: null }]],
  ['a comma in a name', 'ada@company.example;Ada;Lovelace, Jr.', [{ ...ADA, lastName: 'Lovelace, Jr.' }]],
  ['quoted names', 'ada@company.example, "Ada", "Lovelace"', [ADA]],
  ['the same address twice', 'ada@company.example,Ada,Lovelace\nADA@company.example', [ADA]],
  ['empty lines', '\n\nada@company.example,Ada,Lovelace\n\n', [ADA]],
  ['addresses on one line', 'ada@company.example, bob@company.example', [ADA_ALONE, BOB]],
  ['addresses between whatever', 'ada@company.example; bob@company.example,\n', [ADA_ALONE, BOB]],
  [
    'two lists in one, each separated in its way',
    'Cy <cy@company.example>; ada@company.example, Bob <bob@company.example>;"Di" <di@company.example>، eve@company.example',
    ['cy', 'ada', 'bob', 'di', 'eve'].map((name) => ({ ...BOB, email: `${name}@company.example` })),
  ],
  [
    'names with a comma between semicolons',
    'Lovelace, Ada <ada@company.example>; bob@company.example',
    [ADA_ALONE, BOB],
  ],
  ['lines separated in two ways', 'ada@company.example,Ada,Lovelace\nbob@company.example;', [ADA, BOB]],
  ['lines that end with carriage returns', 'ada@company.example,Ada,Lovelace\rbob@company.example', [ADA, BOB]],
  ['separators of keyboards from right to left', 'ada@company.example، Ada، Lovelace؛', [ADA]],
  ['wide separators', 'ada@company.example，Ada、Lovelace；', [ADA]],
  [
    'one domain in two forms',
    'a@b\u00fccher.example\nA@xn--bcher-kva.example',
    [{ ...ADA_ALONE, email: 'a@b\u00fccher.example' }],
  ],
  ['a domain without any letter of ASCII', 'ada@пример.рф', [{ ...ADA_ALONE, email: 'ada@пример.рф' }]],
  ['a table from a spreadsheet', 'Vorname\tE-Mail\nAda\tada@company.example', [{ ...ADA, lastName: null }]],
  ['names with what can not be seen', 'ada@company.example,A\u202eda,Love\u200blace', [ADA]],
])('reads %s', (_what, text, people) => {
  expect(peopleIn(parseText(text))).toEqual(people);
});

describe('people as mail programs, pages and spreadsheets copy them', () => {
  const [A, B] = ['ada@company.example', 'bob@company.example'];

  it.each([
    `Ada <${A}>`,
    `Ada Lovelace<${A}>`,
    `"Lovelace, Ada" <${A}>`,
    `"Ada \\"Countess\\" L." <${A}>`,
    `'Ada' <${A}>`,
    `Lovelace, Ada <${A}>`,
    `Ada O'Neil <${A}>,`,
    `Ada <mailto:${A}>`,
    `Ada [mailto:${A}]`,
    `Ada Lovelace (${A})`,
    `${A} (Ada Lovelace)`,
    `${A} <mailto:${A}>`,
    `"${A}" <${A}>`,
    `[${A}](mailto:${A})`,
    `[Ada](mailto:${A})`,
    `mailto:${A}`,
    `MAILTO:${A}?subject=Hello%20Ada&cc=x@y.example`,
    `mailto:ada%40company.example`,
    `<${A}>`,
    `<mailto:${A}>`,
    `“${A}”`,
    `'${A}'`,
    `${A};`,
    `${A},`,
    `;${A} ; ,`,
    `${A}.`,
    `\u00a0${A}\u00a0`,
    `\u200b${A}\u200b`,
    `\u202a${A}\u202c`,
    `\ufeff${A}\ufeff`,
    `\u3000${A}\u2009`,
    `Ada\u00a0Lovelace\u00a0<${A}>`,
    `エイダ ＜${A}＞`,
    `Ada 👩🏽‍💻 <${A}>;`,
    `To: ${A}`,
    `宛先：${A}`,
    `Ada Lovelace: ${A}`,
    `SMTP:${A}`,
    `Ada Lovelace - ${A}`,
    `${A} – Ada`,
    `(1) ${A}`,
    `#1 ${A}`,
    `a) ${A}`,
    `①${A}`,
    `- [x] ${A}`,
    `> ${A}`,
    `**${A}**`,
    `${A}!`,
    `${A}。`,
    `Ada "Countess" Lovelace <${A}>`,
    `Lovelace, Ada (DE, Berlin) <${A}>`,
    `Ada Lovelace | Analytics <${A}>`,
    'ada＠company.example',
    'Ada <ada﹫company．example>',
    'ada@company。example',
    'ad\u00ada@com\u200bpany.example',
    `Ada Lovelace ${A}`,
    `Lovelace, Ada ${A}`,
    `Ada\u00a0M. Lovelace-Byron\u2003${A}`,
    `エイダ ラブレス ${A}`,
    `${A} Ada Lovelace`,
    `<mailto:${A}|Ada>`,
    `<mailto:${A}|${A}>`,
    `[Ada|mailto:${A}]`,
  ])('are taken with the address alone: %j', (text) => {
    for (const read of [parseText(text), parseFile('people.txt', text)]) {
      expect(peopleIn(read)).toEqual([ADA_ALONE]);
      expect(read).toMatchObject({ value: { repeated: [] } });
    }
    for (const whole of [`${text}\n${B}`, `${B}\r\n\r\n${text}\r\n`, `${B}\r${text}`])
      expect(new Set(peopleIn(parseText(whole)))).toEqual(new Set([ADA_ALONE, BOB]));
  });

  it.each([
    `Ada <${A}>; Bob <${B}>`,
    `Ada <${A}>, Bob <${B}>,`,
    `"Lovelace, Ada" <${A}>, "Lee; B" <${B}>`,
    `Lovelace, Ada <${A}>; Lee, Bob <${B}>;`,
    `"Ada" <${A}>\t'Bob' <${B}>`,
    `<${A}>,<${B}>`,
    `${A}; "Bob" <${B}>; ADA@company.example`,
    `${A}\n"Lee, Bob" <${B}>`,
    `Ada <${A}>、Bob <${B}>`,
    `"👩🏽‍💻 \\" Ada" <${A}>; ${B}`,
    `Lovelace, Ada <${A}>, Lee, Bob <${B}>`,
    `Lovelace, Ada <${A}>, Lee, Bob <${B}>,`,
    `Ada Lovelace ${A}, Bob Lee ${B}`,
    `Ada Lovelace ${A}; Bob Lee ${B}`,
    `Lovelace, Ada ${A}, Lee, Bob ${B}`,
  ])('may be several on a line: %j', (text) => {
    expect(peopleIn(parseText(text))).toEqual([ADA_ALONE, BOB]);
    expect(peopleIn(parseFile('people.csv', text))).toEqual([ADA_ALONE, BOB]);
  });

  it.each([
    [`To: ${A}; ${B}`, [ADA_ALONE, BOB]],
    [`Team: ${A}, Bob <${B}>;`, [ADA_ALONE, BOB]],
    [`1.${A}\n2.${B}`, [ADA_ALONE, BOB]],
    [`7)${A}\n\n8)Bob <${B}>`, [ADA_ALONE, BOB]],
    [`1. ${A}\r\n2.${B}`, [ADA_ALONE, BOB]],
    [`${A}, bob＠company.example`, [ADA_ALONE, BOB]],
    ['1.ada@company.example', [{ ...ADA_ALONE, email: '1.ada@company.example' }]],
    [`1.ada@company.example\n${B}`, [{ ...ADA_ALONE, email: '1.ada@company.example' }, BOB]],
  ])('may have labels and numbers before them, unless a number may be their own: %j', (text, people) => {
    expect(peopleIn(parseText(text))).toEqual(people);
  });

  it('are told before they are sent, each once, with their lines', () => {
    expect(parseText(`${B}\nAda <${A}>\n\n<ADA@company.example>`)).toEqual({
      kind: 'ok',
      value: {
        people: [BOB, ADA_ALONE],
        unused: [],
        titles: [],
        blankLines: 1,
        unaddressed: [],
        repeated: [{ line: 4, text: 'ADA@company.example' }],
        taken: [{ line: 2, text: A }],
      },
    });
  });

  it('may stand in a table, in a list with names, and in JSON', () => {
    for (const cell of [`Ada <${A}>`, `mailto:${A}`, `<${A}>`, `"${A};"`, `"""Lovelace, Ada"" <${A}>"`, `\u00a0${A}`])
      expect(peopleIn(parseFile('people.csv', `Email;First name\n${cell};Ada\n`))).toEqual([
        { ...ADA, lastName: null },
      ]);
    expect(peopleIn(parseText(`<${A}>;Ada;Lovelace`))).toEqual([ADA]);
    expect(peopleIn(parseFile('p.json', JSON.stringify([{ email: `Ada <${A}>`, lastName: 'L' }])))).toEqual([
      { ...ADA, firstName: null, lastName: 'L' },
    ]);
  });

  it.each([
    [`Ada <${A}>; nobody; ${B}`, 1, 'nobody'],
    [`${B}\n"Lovelace, Ada" <${A}>, nobody`, 2, 'nobody'],
    [`"Lovelace, Ada" <${A}>\n"Lee, Bob <${B}>`, 2, `"Lee, Bob <${B}>`],
    [`Lovelace, Ada <${A}>, Bob <${B}>`, 1, 'Lovelace'],
    [`${B}\nEve, Lee, Ada <${A}>`, 2, 'Eve'],
    [`Lovelace, Ada <${A}>, Eve, Lee, Bob <${B}>`, 1, 'Lovelace'],
    [`nobody, Lovelace, Ada <${A}>, Lee, Bob <${B}>`, 1, 'nobody'],
    [`Ada Lovelace ${A}, Bob ${B}`, 1, `Bob ${B}`],
  ])('are refused with the line and the cell of what is none: %j', (text, line, cell) => {
    expect(faultIn(parseText(text))).toEqual({ code: 'notEmail', line, text: cell });
  });

  it('are read whole or not at all, however they are mixed: no address is lost or becomes a name', () => {
    const email = fc.constantFrom('ann@x.org', 'bob.lee@y.example', 'c-d+e@z.example', '1.eve@w.example', "o'b@x.org");
    const name = fc.constantFrom('Ann', 'Lee, Ann', 'Ann (DE, Berlin)', 'Ann | Sales', '"Lee, Ann"', '', 'To:', 'リー');
    const forms: readonly ((name: string, email: string) => string)[] = [
      (_name, one) => one,
      (called, one) => `${called} <${one}>`,
      (called, one) => `${called} Lee ${one}`,
      (called, one) => `${one} ${called} Lee`,
      (called, one) => `<mailto:${one}|${called}>`,
      (called, one) => `${one} (${called})`,
      (called, one) => `${called}: ${one}`,
      (called, one) => `${called} - ${one}`,
      (called, one) => `${one},${called}`,
      (called, one) => `${called}\t${one}`,
      (called, one) => `${one};${called};${called}`,
      (called, one) => `"${called}" ${one}`,
      (_name, one) => `="${one}"`,
      (_name, one) => `1. ${one}`,
      (_name, one) => one.replace('@', '\uff20'),
      (_name, one) => `${one}>`,
    ];
    const entry = fc
      .tuple(fc.constantFrom(...forms), name, email)
      .map(([form, ...who]) => [form(...who), who[1]] as const);
    const behind = fc.constantFrom(
      '; ',
      ', ',
      '\n',
      '\v',
      '\u2028',
      ';\n',
      ' ',
      '\t',
      '、',
      '；',
      '، ',
      '؛',
      '\r\n\r\n',
      ' | ',
      ' and ',
      '/',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(entry, behind), { minLength: 1, maxLength: 4 }), (list) => {
        const text = list.map(([[written], separator]) => written + separator).join('');
        const meant = new Set(list.map(([[, one]]) => one));
        for (const read of [parseText(text), parseFile('people.txt', text)])
          if (read.kind === 'ok') expect(new Set(read.value.people.map((one) => one.email))).toEqual(meant);
      }),
      { numRuns: 2_000 },
    );
  });

  it('are looked for in a time that does not grow with the square of what was pasted', () => {
    for (const text of [' '.repeat(50_000), '<'.repeat(50_000), '"'.repeat(49_999), '\u200b;'.repeat(25_000)])
      parseText(`${text}x`);
    expect(peopleIn(parseText(`Ada <${A}>; `.repeat(1_000)))).toEqual([ADA_ALONE]);
    // With the square it would take some minutes.
  });
});

test.each<[string, string, PeopleFault]>([
  [
    'a line that is no address',
    'ada@company.example\nAda Lovelace',
    { code: 'notEmail', line: 2, text: 'Ada Lovelace' },
  ],
  [
    'more than an address and two names',
    'ada@company.example, Ada, B, Lovelace',
    { code: 'notEmail', line: 1, text: 'ada@company.example, Ada, B, Lovelace' },
  ],
  [
    'two addresses and a name',
    '\nada@company.example, Ada, bob@company.example',
    { code: 'notEmail', line: 2, text: 'ada@company.example, Ada, bob@company.example' },
  ],
  [
    'an address with something in it that can not be seen',
    'ada@com\u202epany.example',
    { code: 'notEmail', line: 1, text: 'ada@com\u202epany.example' },
  ],
  ...[
    'mailto:ada',
    'mailto:%zz@company.example',
    // One word beside an address may be a part of it that was torn off.
    'Ada ada@company.example',
    'ada lovelace@company.example',
    'Ada lovelace lee@company.example',
    'Ada Countess. lovelace@company.example',
    'Ada Lovelace ada@company.example bob@company.example',
    'ada@company.example left the company',
    'Ada <ada@company>',
    'Ada <>',
    '<ada@company.example',
    'eve@company.example <ada@company.example>',
    'eve@company.example (ada@company.example)',
    'Ada <ada@company.example> <bob@company.example>',
    'ada@com\u200dpany.example',
    'Ada: eve@company.example <ada@company.example>',
    'user:ada@company.example',
    'a. ada@company.example',
    'ada\u00a0@company.example',
    '@company.example',
    'jos\u00e9@company.example',
    'ada@ban\u212a.example',
    'ada@\uff43ompany.example',
    'ada..b@company.example',
    'ada@company',
  ].map((text): [string, string, PeopleFault] => [
    `what the app would not send: ${text}`,
    `bob@company.example\n\n${text}`,
    { code: 'notEmail', line: 3, text },
  ]),
  ['a quote that is never closed', 'ada@company.example,"Ada\nx', { code: 'quoteNotClosed', line: 1, text: '"Ada' }],
])('refuses %s and says where', (_what, text, fault) => {
  expect(faultIn(parseText(text))).toEqual(fault);
});

test.each(['\v', '\f', '\u0085', '\u2028', '\u2029'])(
  'takes %j for the end of a line where a text has no other',
  (end) => {
    const lines = ['Email;First name;Last name', 'ada@company.example;Ada;Lovelace', 'bob@company.example;;'];
    const quoted = lines.map((line) => line.replace(/[^;]+/g, '"$&"'));
    for (const whole of [lines, quoted])
      for (const last of ['', end])
        expect(peopleIn(parseFile('people.csv', whole.join(end) + last))).toEqual([ADA, BOB]);
    expect(peopleIn(parseText(lines.slice(1).join(end)))).toEqual([ADA, BOB]);
    expect(peopleIn(parseText(`Ada <ada@company.example>${end}Bob <bob@company.example>`))).toEqual([ADA_ALONE, BOB]);
    expect(faultIn(parseText(`ada@company.example${end}nobody`))).toEqual({
      code: 'notEmail',
      line: 2,
      text: 'nobody',
    });
    // In a table with other line ends it is a part of a note.
    expect(peopleIn(parseFile('people.csv', `email,notes\nada@company.example,one${end}two\n`))).toEqual([ADA_ALONE]);
  },
);

test.each([
  ['people.csv', '\ufefflastName,email,firstName\nLovelace,ada@company.example,Ada\n'],
  ['people.csv', 'email,firstName,lastName,team\n"ada@company.example",Ada,Lovelace,"a,b"\n'],
  ['people.csv', 'Email,First Name,Last Name\nada@company.example,Ada,Lovelace\n'],
  ['people.csv', 'sep=;\r\nNachname;Vorname;E-Mail-Adresse\r\nLovelace;Ada;ada@company.example\r\n'],
  ['people.txt', 'ada@company.example;Ada;Lovelace'],
  ['people.JSON', JSON.stringify([{ ...ADA, team: 'x' }])],
  ['people.json', JSON.stringify([{ ...ADA, phone: null }])],
  ['people.csv', 'firstName,lastName,email,,\nAda,Lovelace,ada@company.example'],
  ['people.json', `\ufeff${JSON.stringify([{ 'E-Mail': ADA.email, Vorname: 'Ada', Nachname: 'Lovelace' }])}`],
])('reads the file %s: %s', (name, text) => {
  expect(peopleIn(parseFile(name, text))).toEqual([ADA]);
});

test('merges nobody with those who follow, however a quote stands', () => {
  const file = (name: string) => `email,firstName,lastName\na@b.example,${name},A\nc@d.example,C,C\ne@f.example,E,E\n`;
  expect(faultIn(parseFile('people.csv', file('"Ann')))).toEqual({ code: 'quoteNotClosed', line: 2, text: '"Ann,A' });
  expect(faultIn(parseFile('people.csv', file('An"n')))).toEqual({ code: 'strayQuote', line: 2, text: 'An"n' });
  expect(faultIn(parseFile('people.csv', file('"An"n')))).toEqual({
    code: 'textBehindQuote',
    line: 2,
    text: '"An"n,A',
  });
  expect(faultIn(parseFile('people.csv', `${file('"Ann')}g@h.example,G",G\n`))).toMatchObject({ line: 2 });
});

test('says what it does not use: columns, blank lines, repeated addresses with their lines', () => {
  const text =
    'email,team,firstName\n\nada@company.example,x,Ada\nbob@company.example,y,\nADA@company.example,z,Adah\n';
  expect(parseFile('people.csv', text)).toEqual({
    kind: 'ok',
    value: {
      people: [{ ...ADA, lastName: null }, BOB],
      unused: ['team'],
      titles: [],
      blankLines: 1,
      unaddressed: [],
      repeated: [{ line: 5, text: 'ADA@company.example' }],
      taken: [],
    },
  });
  expect(parseFile('people.json', JSON.stringify([{ ...ADA, team: 'x' }]))).toMatchObject({
    value: { unused: ['team'] },
  });
});

test('leaves out who has no address, and says where', () => {
  const table =
    'Notes:\n"Some addresses are missing"\n\nFirst name,Email address\nAda,ada@company.example\nEve,\nCem, \n';
  expect(parseFile('people.csv', table)).toMatchObject({
    value: {
      people: [{ ...ADA, lastName: null }],
      titles: ['Notes:', 'Some addresses are missing'],
      unaddressed: [
        { line: 6, text: 'Eve,' },
        { line: 7, text: 'Cem, ' },
      ],
    },
  });
  const objects = [{ 'E-Mail': null, firstName: 'Eve' }, ADA, { email: '' }];
  expect(parseFile('people.json', JSON.stringify(objects))).toMatchObject({
    value: { people: [ADA], unaddressed: [{ line: 1 }, { line: 3 }] },
  });
  expect(parseFile('people.csv', 'email,team\n,red\n')).toMatchObject({ value: { people: [] } });
});

test('says which values of a file in JSON it does not use, and takes numbers for the texts that they are', () => {
  const text = JSON.stringify([{ email: ADA.email, firstName: 7, lastName: ['Lovelace'] }]);
  expect(parseFile('people.json', text)).toMatchObject({
    value: { people: [{ ...ADA, firstName: '7', lastName: null }], unused: ['lastName'] },
  });
});

test.each<[string, string, PeopleFault]>([
  [
    'people.json',
    '[{"email":"ada@company.example","firstName":"\\"email\\":"},{"email":"bob@company.example","e\\u006dail":"b@c.example"}]',
    { code: 'columnTwice', column: 'email', found: ['email', 'email'] },
  ],
  ['people.txt', 'jos\u00e9@company.example', { code: 'notEmail', line: 1, text: 'jos\u00e9@company.example' }],
  ['people.csv', 'name\nAda', { code: 'columnMissing', column: 'email', found: ['name'] }],
  ['people.csv', '', { code: 'columnMissing', column: 'email', found: [] }],
  ...['#N/A', '#REF!', '#NOM?', '#BEZUG!', '#NV', '{{contact.firstname}}', '*|FNAME|*', '%FIRST_NAME%', '${name}'].map(
    (text): [string, string, PeopleFault] => [
      'people.csv',
      `email,first name\n\nbob@company.example,Bob\nada@company.example,${text}\n`,
      { code: 'notName', line: 4, text },
    ],
  ),
  [
    'people.csv',
    `email,last name\nada@company.example,${'x'.repeat(101)}\n`,
    { code: 'notName', line: 2, text: 'x'.repeat(101) },
  ],
  ['people.json', '[{"email":"a@b.example","lastName":"#N/A"}]', { code: 'objectNotName', line: 1, text: '#N/A' }],
  ...['1\tada@company.example\tAda', 'ada@company.example,Ada,+49 30 1234', 'ada@company.example;2026-01-31'].map(
    (row): [string, string, PeopleFault] => [
      'people.txt',
      `bob@company.example\n${row}`,
      { code: 'notEmail', line: 2, text: row },
    ],
  ),
  ['people.json', '{"email":"ada@company.example"}', { code: 'notJson' }],
  ['people.json', 'email', { code: 'notJson' }],
  ['people.json', '[1]', { code: 'notJson' }],
  // What reads it would call itself too often: the page would end.
  ['people.json', `[{"email":"a@b.example","x":${'['.repeat(20_000)}${']'.repeat(20_000)}}]`, { code: 'notJson' }],
  ['people.json', `[${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}]`, { code: 'notJson' }],
  [
    'people.json',
    '[{"email":"ada@company.example"},{"firstName":"Ada"}]',
    { code: 'objectNotEmail', line: 2, text: '{"firstName":"Ada"}' },
  ],
])('can not read the file %s without people in it: %s', (name, text, fault) => {
  expect(faultIn(parseFile(name, text))).toEqual(fault);
});
