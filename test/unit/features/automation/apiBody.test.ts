import { readApiBody } from '../../../../src/features/automation/apiBody';

const MOVE = {
  operationId: 'ACME-101-joins',
  sentAt: '2026-11-28T09:00:00.000+0000',
  action: 'move',
  issueKey: 'ACME-101',
  source: '19',
  target: 'Early adopters',
};
const READ = {
  operationId: 'ACME-101-joins',
  sentAtMs: Date.UTC(2026, 10, 28, 9),
  action: 'move',
  issueKey: 'ACME-101',
  change: { kind: 'move', source: '19', target: 'Early adopters' },
};
const read = (changes: object) => readApiBody(JSON.stringify({ ...MOVE, ...changes }));
const FORM = /The form of a body is \{"operationId":.+\}\.$/;

describe('the body of a web request', () => {
  it.each<[string, object, object]>([
    ['as it is documented', {}, {}],
    ['with ids as numbers', { source: 39, target: 15 }, { change: { kind: 'move', source: '#39', target: '#15' } }],
    ['with a number for its id', { operationId: 1_234_567_890 }, { operationId: '1234567890' }],
    ['with the work item’s id', { issueKey: 10_001 }, { issueKey: '10001' }],
    ['with a time in milliseconds', { sentAt: READ.sentAtMs }, {}],
    ['with blanks around', { issueKey: ' ACME-101 ' }, {}],
    ['with a hyphen that breaks no line', { issueKey: 'acme\u2011101' }, { issueKey: 'acme-101' }],
    ['with a time that was copied from a page', { sentAt: `\u200b${MOVE.sentAt}\u00a0` }, {}],
    [
      'with what can not be seen, as it is copied from pages',
      { issueKey: '\u200bACME-101\u2060', source: '\u202a19\u202c', target: 'Early\u00ad\nadopters\ud800' },
      { change: { kind: 'move', source: '19', target: 'Early adopters' } },
    ],
    [
      'that removes',
      { action: 'remove', target: undefined },
      { action: 'remove', change: { kind: 'remove', source: '19', target: null } },
    ],
    [
      'whose template left what is not needed empty',
      { action: 'add', source: '' },
      { action: 'add', change: { kind: 'add', source: null, target: 'Early adopters' } },
    ],
    ['that looks', { action: 'get', source: null, target: undefined }, { action: 'get', change: null }],
  ])('is read %s', (_how, changes, differs) => {
    expect(read(changes)).toEqual({ kind: 'ok', value: { ...READ, ...differs } });
  });

  it('is told of a field by the name of what every object has, though objects hide it', () => {
    const text = JSON.stringify(MOVE).replace('{', '{"__proto__":{"action":"remove"},');
    expect(readApiBody(text)).toEqual({
      kind: 'problem',
      problem: expect.stringMatching(/^The field "__proto__" is not known\. The form/),
    });
  });

  it.each([
    '19.00000000000000001',
    '19e-400',
    '9007199254740993',
    '1e400',
    '-19.00000000000000001',
    '18.9999999999999999',
  ])('is refused where the number %s stands for an id, as it would be read as another', (number) => {
    for (const name of ['source', 'target', 'issueKey', 'operationId']) {
      const text = JSON.stringify(MOVE).replace(new RegExp(`"${name}":"[^"]*"`), `"${name}": ${number} `);
      expect(readApiBody(text)).toEqual({
        kind: 'problem',
        problem: expect.stringContaining(`The number ${number} in "${name}" can’t be kept digit by digit. Expected:`),
      });
    }
  });

  it.each(['19', '19.0', '1.9E1', '190e-1', '0.19e+2'])('is read where the number %s is exactly an id', (number) => {
    const text = JSON.stringify(MOVE).replace('"source":"19"', `"source":${number}`);
    expect(readApiBody(text)).toMatchObject({ value: { change: { source: '#19' } } });
  });

  it('is read with a time that is more exact than a number', () => {
    const text = JSON.stringify(MOVE).replace(/"sentAt":"[^"]*"/, `"sentAt":${READ.sentAtMs / 1000}.123456789`);
    expect(readApiBody(text)).toMatchObject({ value: { sentAtMs: READ.sentAtMs + 123 } });
  });

  it('is read behind a byte order mark', () => {
    for (const marks of ['\ufeff', '\ufeff\ufeff'])
      expect(readApiBody(marks + JSON.stringify(MOVE))).toEqual({ kind: 'ok', value: READ });
  });

  it.each<[string, string, RegExp]>([
    ['is empty', '', /^The body is not JSON: it is empty\./],
    ['is empty behind its mark', '\ufeff ', /^The body is not JSON: it is empty\./],
    [
      'has form fields',
      'action=move&issueKey=ACME-101',
      /^The body is not JSON: in line 1, column 1, “action=move.+” stands where a value was expected\. It looks like form fields/,
    ],
    [
      'has a stray quote',
      '{\n"source":"The "new" ones"}',
      /^The body is not JSON: in line 2, column 16, “new" ones"}” stands where , or } was expected\./,
    ],
    ['ends too early', '{"source":"19"', /in line 1, column 15, it ends where , or } was expected/],
    ['is no object', '["move"]', /^The body is JSON, and no object with fields\./],
    ['is null', 'null', /^The body is JSON, and no object with fields\. The form/],
    ['is a list of one', JSON.stringify([MOVE]), /^The body is JSON, and no object .+ It is a list: send each request/],
    ['is JSON in JSON', JSON.stringify(JSON.stringify(MOVE)), /no object with fields\. It is a text: send the object/],
    [
      'is XML',
      ' <?xml version="1.0"?><move/>',
      /^The body is not JSON: in line 1, column 2, .+ It looks like XML; send JSON/,
    ],
    ['has parts of a form', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb', /It looks like form fields/],
    ['is escaped', encodeURIComponent(JSON.stringify(MOVE)), /It is escaped as for an address; send it as it is/],
    ['is UTF-16', JSON.stringify(MOVE).split('').join('\0'), /column 2, .+ It looks like UTF-16; send UTF-8 instead/],
    [
      'is UTF-16 of another order',
      `\ufffd\ufffd\0${JSON.stringify(MOVE).split('').join('\0')}`,
      /It looks like UTF-16/,
    ],
    ['has quotes of a word processor', '{“source”:“19”}', /column 2, .+ JSON takes straight double quotes alone\./],
    ['has guillemets', '{"source":«19»}', /column 11, .+ JSON takes straight double quotes alone\./],
    ['has a comma too many', '{"source":"19",}', /column 16, “}” stands .+ The comma before it is one too many\./],
    [
      'has no value',
      '{"source":,"target":"15"}',
      /column 11, .+ A smart value may have been empty: with quotes around/,
    ],
    [
      'has a line break in a text',
      '{"source":"Beta\ntesters"}',
      /column 11, .+ \{\{issue\.summary\.asJsonString\}\} does it/,
    ],
    [
      'has quotes in a text',
      '{"source":"The "new" ones"}',
      /column 17, .+ Quotes and line breaks within a text are escaped/,
    ],
    ...['019', '+19', '.5', '１９', 'NaN', '-Infinity'].map((number): [string, string, RegExp] => [
      `has the number ${number}`,
      `{"source":${number}}`,
      /column 11, .+ Numbers have the digits 0 to 9, with no zero or plus before them; put quotes around/,
    ]),
    [
      'has a smart value that nothing fills in',
      '{"source":{{source}}}',
      /column 12, .+ \{\{source\}\} is a smart value that/,
    ],
    ['is one', '{{issue.toJson}}', /column 2, .+ \{\{issue\.toJson\}\} is a smart value that nothing has filled in/],
    ['lacks a comma', '{"source":"19" "target":"15"}', /where , or } was expected\. The form/],
    [
      'is nested too deep',
      '{"a":'.repeat(40),
      /^The body is nested too deep: in line 1, column 161, there are more than 32/,
    ],
    ['has a field twice', '{"target":"15","target":"19"}', /^The field "target" is in the body twice\./],
  ])('says what is wrong with it, and where, when it %s', (_what, text, sentence) => {
    const answer = readApiBody(text);
    expect(answer).toEqual({ kind: 'problem', problem: expect.stringMatching(sentence) });
    expect(answer).toMatchObject({ problem: expect.stringMatching(FORM) });
  });

  it.each<[string, object, RegExp]>([
    [
      'a field that is not known',
      { issuekey: 'X', pad: 1 },
      /The field "issuekey" is not known\. The field "pad" is not known\./,
    ],
    ['a field like a part of every object', { ['__proto__x']: 1, constructor: 1 }, /"constructor" is not known/],
    [
      'no time',
      { sentAt: undefined },
      /The input "sentAt" is not right: it is empty\. Expected: the time of the request/,
    ],
    [
      'a time without a zone',
      { sentAt: '2026-11-28T09:00:00' },
      /"sentAt" is not right: it does not have the expected format.+ Expected: .+00Z/,
    ],
    [
      'nothing that can be seen',
      { source: '\u200b\u0000', issueKey: '\ud800' },
      /"issueKey" .+ it is empty.+"source" .+ it is empty/,
    ],
    ...[
      'https://x.example/browse/ACME-101',
      'ACME 101',
      'ACME-１０１',
      'ß-1',
      'ſS-1',
      '#ACME-101',
      'A-1,A-2',
      '../1',
      '1.0',
    ].map((issueKey): [string, object, RegExp] => [
      `a work item that can be none: ${issueKey}`,
      { issueKey },
      /^The input "issueKey" is not right: it does not have the expected format\. Expected: a work item such as/,
    ]),
    ...(['operationId', 'sentAt', 'issueKey', 'source', 'target', 'action'] as const).map(
      (name): [string, object, RegExp] => [
        `a smart value that nothing has filled in for ${name}`,
        { [name]: 'x-{{issue.key}}' },
        new RegExp(
          `^In "${name}" stands \\{\\{issue\\.key\\}\\}, a smart value that nothing has filled in\\. Expected: `,
        ),
      ],
    ),
    ['a number that was rounded', { source: 2 ** 53 }, /"source" is not right: .+ Expected: a segment’s id/],
    ['half a number', { source: 1.5 }, /"source" is not right/],
    ['a list', { issueKey: ['ACME-101'] }, /"issueKey" is not right.+ Expected: a work item such as/],
    [
      'an unknown action',
      { action: 'delete' },
      /"action" is not right: it is not one of the choices\. Expected: "move", "remove"/,
    ],
    ['a target for a removal', { action: 'remove' }, /The field "target" does not go with the action "remove"\./],
    ['a source for an adding', { action: 'add' }, /The field "source" does not go with the action "add"\./],
    ['segments for a look', { action: 'get' }, /"source" does not go with the action "get"\. The field "target"/],
    [
      'several mistakes',
      { source: '', operationId: 'x' },
      /"operationId" is not right: it needs at least 8.+"source" is not right: it is empty/,
    ],
  ])('names every mistake with the form that is expected: %s', (_what, changes, sentence) => {
    const answer = read(changes);
    expect(answer).toEqual({ kind: 'problem', problem: expect.stringMatching(sentence) });
    expect(answer).toMatchObject({ problem: expect.stringMatching(FORM) });
  });
});
