import { typedList } from '../../../../static/src/shared/typedList';

test.each([
  ['commas', 'ACME, SUP,OPS'],
  ['semicolons', 'ACME;SUP; OPS;'],
  ['blanks', ' ACME SUP\u00a0OPS\u3000'],
  ['lines', 'ACME\r\nSUP\nOPS\n'],
  ['tabs and bars', 'ACME\tSUP | OPS'],
  ['signs of a wide keyboard', 'ACME、SUP，OPS；'],
  ['signs of keyboards from right to left', 'ACME، SUP؛OPS'],
  ['line ends of other systems, and dots', 'ACME\u0085SUP\u2028OPS · \u0085'],
  ['quotes and brackets around it', '["ACME", “SUP”, (OPS)]'],
  ['repetitions', 'ACME, SUP, ACME, OPS'],
  ['what can not be seen', '\ufeffACME, S\u00adUP\u200b, \u202aOPS\u202c, \u200b'],
])('a list in one line is read with %s', (_what, text) => {
  expect(typedList(text)).toEqual(['ACME', 'SUP', 'OPS']);
});

test('a list of nothing is empty', () => {
  expect(typedList(' ;, \u200b')).toEqual([]);
});
