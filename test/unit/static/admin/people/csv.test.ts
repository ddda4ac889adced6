import { parseLinks } from '../../../../../static/src/admin/people/csv/parseLinks';
import { isTrouble, pairsOf, reportOf, tally } from '../../../../../static/src/admin/people/csv/report';
import { writeCsv } from '../../../../../static/src/admin/people/csv/writeCsv';

const rowsOf = (text: string) => {
  const parsed = parseLinks(text);
  if (parsed.kind === 'problem') throw new Error(parsed.problem.code);
  return parsed.value.rows;
};
const faultsOf = (text: string): string[] => rowsOf(text).map((row) => (row.kind === 'fault' ? row.fault : 'pair'));

describe('a file of links', () => {
  it('is read whatever the order, the case and the surroundings of its columns', () => {
    const expected = [{ accountId: '712020:a-b', memberId: 7 }];
    for (const text of [
      'accountId,memberId\n712020:a-b,7',
      '\ufeffhow;MEMBERID;AccountId\r\nimport; 7 ;"712020:a-b"\r\n\r\n',
      'memberId\taccountId\tname\n7\t712020:a-b\tX, Y',
      'sep=|\rName|Mitglieds-ID|Konto-ID\rX|7|712020:a-b\r',
      '"アカウント ID";メンバーID\n712020:a-b;"7"',
      'accountId,memberId\n\u200b712020:a-b\u2060,\u00a07\u200b',
      'accountId,memberId,,\n712020:a-b,7',
    ]) {
      expect(pairsOf(rowsOf(text))).toEqual(expected);
    }
  });

  it.each([
    ['', 'columnMissing'],
    ['name,member\nx,1', 'columnMissing'],
    ['accountId,memberId\n"a,1\nb,2\n', 'quoteNotClosed'],
    ['accountId,memberId\na,1,2\n', 'unevenRow'],
    ['accountId,memberId\n', 'noRows'],
    [`accountId,memberId\n${'a,1\n'.repeat(100_001)}`, 'tooManyRows'],
  ])('is refused as a whole when it can not be read: %#', (text, code) => {
    expect(parseLinks(text)).toMatchObject({ kind: 'problem', problem: { code } });
  });

  it.each([
    ['no account', ',1', 'badAccount'],
    ['an account with blanks', 'a b,1', 'badAccount'],
    ['no member', 'a,', 'badMember'],
    ['member 0', 'a,0', 'badMember'],
    ['a negative member', 'a,-1', 'formula'],
    ['a decimal member', 'a,1.5', 'badMember'],
    ['a member in other digits', 'a,１２', 'badMember'],
    ['a member as a spreadsheet shortens it', 'a,1E3', 'badMember'],
    ['a member with zeros before it', 'a,007', 'badMember'],
    ['a mark that can not be seen within an account', '712020:a\u200bb,1', 'badAccount'],
    ['a member one above what is safe', 'a,9007199254740992', 'badMember'],
    ['a member that is no safe integer', 'a,9999999999999999', 'badMember'],
    ['a formula', '=1+1,1', 'formula'],
    ['a formula behind an apostrophe', "'@SUM(1),1", 'formula'],
    ['a formula behind a tab', '"\t=1",1', 'formula'],
  ])('has %s in a row, and says so of that row alone', (_what, row, fault) => {
    expect(faultsOf(`accountId,memberId\nfirst,1\n${row}\nlast,2`)).toEqual(['pair', fault, 'pair']);
  });

  it('has the line of each row and what its cells say, the wrong ones too', () => {
    expect(rowsOf('\n\naccountId,memberId,x\n\na b, 1,"1\n2"\n,,\nb,=2,3\n')).toMatchObject([
      { line: 5, accountId: 'a b', memberId: '1' },
      { line: 8, accountId: 'b', memberId: '=2', fault: 'formula' },
    ]);
  });

  it('says what it does not use', () => {
    expect(parseLinks('accountId,how,memberId\na,x,1\n\nb,y,2')).toMatchObject({
      value: { unused: ['how'], blankLines: 1 },
    });
  });

  it('links every member that an export can hold', () => {
    expect(pairsOf(rowsOf(`accountId,memberId\na,${Number.MAX_SAFE_INTEGER}`))).toEqual([
      { accountId: 'a', memberId: Number.MAX_SAFE_INTEGER },
    ]);
  });

  it('names the second of two rows about one account', () => {
    expect(faultsOf('accountId,memberId\na,1\na,2\nb,1')).toEqual(['pair', 'duplicate', 'pair']);
  });
});

describe('a report', () => {
  const rows = rowsOf('accountId,memberId\na,1\n=x,2\nb,2\nc,3');

  it("puts the app's verdicts beside the rows that they are about, and says what it did not come to", () => {
    const report = reportOf(rows, ['new', 'unknownMember']);
    expect(report.map(({ line, verdict }) => `${line} ${verdict}`)).toEqual([
      '2 new',
      '3 formula',
      '4 unknownMember',
      '5 notReached',
    ]);
    expect(report.filter(isTrouble)).toHaveLength(3);
    expect(tally(report)).toEqual([
      ['new', 1],
      ['unknownMember', 1],
      ['formula', 1],
      ['notReached', 1],
    ]);
  });
});

describe('a file that is written', () => {
  it('has no cell that a spreadsheet would calculate, and is read again as it was', () => {
    const text = writeCsv(
      ['accountId', 'memberId'],
      [
        ['=cmd', 1],
        ['712020:x', 2],
        ['a,"b', 3],
      ],
    );
    expect(text.split('\r\n')).toEqual(['accountId,memberId', "'=cmd,1", '712020:x,2', '"a,""b",3', '']);
    expect(pairsOf(rowsOf(text))).toEqual([{ accountId: '712020:x', memberId: 2 }]);
  });
});
