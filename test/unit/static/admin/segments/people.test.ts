import { parseFile, parseLines } from '../../../../../static/src/admin/segments/people';

const ADA = { email: 'ada@company.example', firstName: 'Ada', lastName: 'Lovelace' };

test.each([
  ['an address alone', ' ada@company.example ', [{ email: 'ada@company.example', firstName: null, lastName: null }]],
  ['names beside it', 'ada@company.example, Ada, Lovelace', [ADA]],
  ['names between semicolons', 'ada@company.example;Ada;Lovelace', [ADA]],
  ['the same address twice', 'ada@company.example,Ada,Lovelace\nADA@company.example', [ADA]],
  ['empty lines', '\n\nada@company.example,Ada,Lovelace\n\n', [ADA]],
])('reads %s', (_what, text, people) => {
  expect(parseLines(text)).toEqual({ kind: 'people', people });
});

test('names the line that is no address', () => {
  expect(parseLines('ada@company.example\nAda Lovelace')).toEqual({ kind: 'wrongLine', line: 2 });
});

test.each([
  ['people.csv', '\ufefflastName,email,firstName\nLovelace,ada@company.example,Ada\n'],
  ['people.csv', 'email,firstName,lastName,team\n"ada@company.example",Ada,Lovelace,"a,b"\n'],
  ['people.JSON', JSON.stringify([{ ...ADA, team: 'x' }])],
])('reads the file %s', (name, text) => {
  expect(parseFile(name, text)).toEqual({ kind: 'people', people: [ADA] });
});

test.each([
  ['people.csv', 'name\nAda'],
  ['people.json', '{"email":"ada@company.example"}'],
  ['people.json', 'email'],
])('can not read the file %s without people in it: %s', (name, text) => {
  expect(parseFile(name, text)).toEqual({ kind: 'unreadable' });
});

test('names the place of an object without an address', () => {
  expect(parseFile('people.json', '[{"email":"ada@company.example"},{"firstName":"Ada"}]')).toEqual({
    kind: 'wrongLine',
    line: 2,
  });
});
