import fc from '../../../../support/chance';
import Papa from 'papaparse';
import { columnOf, readTable, type TableFault } from '../../../../../static/src/shared/table';
import { readRows } from '../../../../../static/src/shared/table/rows';

const WANTED = { required: ['email'], optional: ['firstName', 'lastName'] } as const;
const read = (text: string) => {
  const table = readTable(text, WANTED);
  if (table.kind === 'problem') throw new Error(JSON.stringify(table.problem));
  return table.value;
};
const cellsOf = (text: string) => read(text).rows.map(({ cells }) => [cells.email, cells.firstName, cells.lastName]);
const faultOf = (text: string): TableFault | null => {
  const table = readTable(text, WANTED);
  return table.kind === 'problem' ? table.problem : null;
};

const ADA = ['ada@company.example', 'Ada', 'Lovelace'];
const BOB = ['bob@company.example', 'Bob', 'Lee; Jr., | x'];

describe('a table', () => {
  it.each([',', ';', '\t', '|'])('is read whatever separates its cells: %j', (separator) => {
    for (const end of ['\n', '\r', '\r\n']) {
      const text = [['email', 'First Name', 'last_name'], ADA, BOB.map((cell) => `"${cell}"`)]
        .map((cells) => cells.join(separator))
        .join(end);
      for (const whole of [text, text + end, `\ufeff${text}`, `sep=${separator}${end}${text}`]) {
        expect(cellsOf(whole)).toEqual([ADA, BOB]);
      }
    }
  });

  it('is read by any separator that Excel is told', () => {
    expect(cellsOf('sep=^\r\nemail^Vorname\r\nada@company.example^Ada, B;\r\n')).toEqual([
      ['ada@company.example', 'Ada, B;', ''],
    ]);
  });

  it.each([
    ['Email', 'First Name', 'Last Name'],
    ['E-Mail-Adresse', 'VORNAME', 'Nachname'],
    ['Adresse e-mail', 'Prénom', 'Nom'],
    ['Adresse E-mail', 'pre\u0301nom', 'nom de famille'],
    ['メールアドレス', '名', '姓'],
    ['メール', '名', '姓'],
    ['e_mail', 'givenName', 'Surname'],
    ['EMAIL ADDRESS', 'given-name', 'Family name'],
    ['ｅｍａｉｌ', 'Ｖｏｒｎａｍｅ', 'last.name'],
  ])('has its columns in any order and in the languages of the pages: %s', (email, first, last) => {
    expect(cellsOf(`${last};${email};${first}\nLovelace;ada@company.example;Ada`)).toEqual([ADA]);
  });

  it.each([
    [
      'accountId',
      ['accountId', 'Account ID', 'account_id', 'Konto-ID', 'Identifiant du compte', 'アカウント ID', 'User id'],
    ],
    ['memberId', ['memberId', 'Member ID', 'Mitglieds-ID', 'identifiant du membre', 'メンバーID', 'member_id']],
    [null, ['', 'name', 'member', 'ID', 'notes', '氏名']],
  ])('knows %s by its names', (column, headings) => {
    expect(headings.map((heading) => columnOf(heading))).toEqual(headings.map(() => column));
  });

  it('says what it does not use', () => {
    expect(read('email,team,,x\n\n,,,\na@b.example,1,2,3\n\n\n')).toMatchObject({
      unused: ['team', '#3', 'x'],
      blankLines: 2,
    });
  });

  it('has the lines of the file, blank ones and those within cells counted', () => {
    const text = 'sep=;\r\n\r\nemail;notes\r\na@b.example;"one\r\ntwo"\r\n\r\nc@d.example;x\r\n';
    expect(read(text).rows.map(({ line }) => line)).toEqual([4, 7]);
  });

  it('gives back what was made harmless for spreadsheets', () => {
    expect(cellsOf("email,first name\na@b.example,'=1+1\n")).toEqual([['a@b.example', '=1+1', '']]);
  });
});

describe('a table that can not be read', () => {
  it.each<[string, string, TableFault]>([
    [
      'a quote that is never closed',
      'email,first name\na@b.example,A\nc@d.example,"C\ne@f.example,E\n',
      { code: 'quoteNotClosed', line: 3, text: '"C' },
    ],
    [
      'two stray quotes that would merge the people between them',
      'email,first name\na@b.example,"A\nc@d.example,C"\n',
      { code: 'lineBreak', line: 2, text: 'A\nc@d.example,C' },
    ],
    [
      'the same in a column that is not used',
      'email,notes\na@b.example,"A\nc@d.example,C"\n',
      { code: 'lineBreak', line: 2, text: 'A\nc@d.example,C' },
    ],
    [
      'text behind a quote',
      '\nemail,first name\n\na@b.example,"A"nn\n',
      { code: 'textBehindQuote', line: 4, text: '"A"nn' },
    ],
    [
      'a cell too many',
      'email,last name\na@b.example,Lee, Jr.\n',
      { code: 'unevenRow', line: 2, text: 'a@b.example,Lee, Jr.' },
    ],
    ['a cell too few', 'sep=,\nemail,last name\n\na@b.example\n', { code: 'unevenRow', line: 4, text: 'a@b.example' }],
    ['no column', 'Mailbox,Name\n', { code: 'columnMissing', column: 'email', found: ['Mailbox', 'Name'] }],
    ['nothing', ' \n,,\n', { code: 'columnMissing', column: 'email', found: [] }],
    ['two columns', 'email,E-Mail\n', { code: 'columnTwice', column: 'email', found: ['email', 'E-Mail'] }],
  ])('says where: %s', (_what, text, fault) => {
    expect(faultOf(text)).toEqual(fault);
  });

  it('is not one for cells that are empty at the end of a row, or for a note over several lines', () => {
    expect(cellsOf('email,notes,x\na@b.example,"one\ntwo",3,,\n')).toEqual([['a@b.example', '', '']]);
  });
});

describe('the rows of a text', () => {
  it('are those that another reader finds in it', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', '\n', '\r', "'", '#', '　') });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 5 }), (rows) => {
        const full = rows.map((cells) => ['x', ...cells]);
        const rowsRead = readRows(Papa.unparse(full, { quotes: true, newline: '\r\n' }), ',');
        expect(rowsRead.kind === 'ok' && rowsRead.value.rows.map(({ cells }) => cells)).toEqual(
          full.map((cells) => cells.map((text) => text.trim())),
        );
      }),
    );
  });

  it('are not hidden by two stray quotes, also where a line begins right behind the first', () => {
    const text = 'email,first name\n\na@b.example,"\na@b.example,"';
    expect(readTable(text, WANTED)).toMatchObject({ kind: 'problem', problem: { code: 'lineBreak' } });
  });

  it('are never fewer than the lines that begin with an address, or there is a fault', () => {
    const piece = fc.constantFrom('"', ',', '\n', 'Ann', '\na@b.example,', '\r', ' ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = `email,first name\n${pieces.join('')}`;
        const table = readTable(text, WANTED);
        const lines = text.split(/[\r\n]/).filter((line) => line.startsWith('a@b.example')).length;
        if (table.kind === 'ok') {
          expect(table.value.rows.filter(({ cells }) => cells.email.startsWith('a@b.example'))).toHaveLength(lines);
        }
      }),
    );
  });
});
