import fc from '../../support/chance';
import { follow } from '../../contract/document';
import { readContract } from '../../contract/openapi';
import { arbitraryOf } from '../../contract/schema';

const contract = readContract();
const { document, operations } = contract;

describe('the contract', () => {
  it('is an OpenAPI 3.1 document for Shorter Loop, with a name of its own for each operation', () => {
    expect([document.openapi, document.servers]).toEqual(['3.1.0', [{ url: 'https://api.shorterloop.com' }]]);
    expect(Object.keys(document.components.securitySchemes)).toEqual(
      document.security.flatMap((one) => Object.keys(one)),
    );
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    expect(operations).toHaveLength(18);
  });

  it('has references that lead somewhere, and nothing that no reference leads to', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref = '']) => ref);
    expect(refs.length).toBeGreaterThan(50);
    for (const ref of refs) expect([ref, follow(document, ref)]).not.toEqual([ref, undefined]);
    const { parameters, requestBodies, responses, schemas } = document.components;
    const parts = Object.entries({ parameters, requestBodies, responses, schemas }).flatMap(([kind, named]) =>
      Object.keys(named).map((name) => `#/components/${kind}/${name}`),
    );
    expect(parts.filter((part) => !refs.includes(part))).toEqual([]);
  });

  it.each(operations)('asks $operationId for the initiative, and for each id of its path', ({ path, parameters }) => {
    expect(parameters.header).toEqual(['initiativeId']);
    expect([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)).toEqual(parameters.path);
  });

  it.each(operations)('gives an answer and every refusal of $operationId a status', ({ method, statuses }) => {
    const read = ['200', '400', '401', '403', '404', '405', '429', '5XX'];
    const written = method === 'DELETE' ? [...read, '409'] : [...read, '409', '422'];
    expect([...statuses].sort()).toEqual((method === 'GET' ? read : written).sort());
  });

  it.each(operations)('accepts its own examples of $operationId', ({ operationId, examples }) => {
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(contract.differences(operationId, 200, example)).toEqual([]);
  });

  it('accepts its own examples of what a write sends and of what a refusal says', () => {
    const { requestBodies, responses } = document.components;
    const sent = Object.entries(requestBodies).map(([name, { content }]) => ({
      name,
      body: content['application/json'].example,
    }));
    expect(sent.map(({ name }) => name)).toEqual(['Users', 'Name', 'People', 'Mail', 'MailToUsers']);
    expect(sent.filter(({ name, body }) => !contract.isRequest(body, name))).toEqual([]);
    const textResponse = Object.values(responses).flatMap(({ content }) =>
      content === undefined ? [] : [content['application/json'].example],
    );
    expect(textResponse.flatMap((body) => contract.differences('add', 409, body))).toEqual([]);
    expect(textResponse).toHaveLength(7);
  });

  it('shows the documented answer for moves alone, with its count of 0 for two members', () => {
    const documented = { success: true, message: 'Users moved to segment successfully', data: { count: 0 } };
    const shown = operations.filter(({ examples }) =>
      examples.some((example) => JSON.stringify(example) === JSON.stringify(documented)),
    );
    expect(shown.map(({ operationId }) => operationId).sort()).toEqual(['moveByPost', 'moveByPut']);
  });

  it.each(operations)('accepts whatever its schema of $operationId makes', ({ operationId, answer }) => {
    fc.assert(
      fc.property(
        arbitraryOf(answer, document.components.schemas),
        (body) => contract.differences(operationId, 200, body).length === 0,
      ),
    );
  });

  it('refuses what a write must not send', () => {
    for (const body of [
      {},
      { users: [] },
      { users: ['1'] },
      { users: [0] },
      { users: [1.5] },
      { users: [1, 1] },
      { users: [1], all: true },
      [1],
      null,
    ]) {
      expect([body, contract.isRequest(body)]).toEqual([body, false]);
    }
  });

  it('says where an answer differs, and never what stands there', () => {
    const answer = {
      success: true,
      data: [{ id: '19', name: 'Beta testers', users: [{ email: 'ada@company.example' }] }],
    };
    const differences = contract.differences('segmentsWithMembers', 200, answer);
    expect(new Map(differences.map(({ at, expected }) => [at, expected]))).toEqual(
      new Map([
        ['/data/0/id', 'must be integer'],
        ['/data/0/users/0', "must have required property 'id'"],
      ]),
    );
    expect(JSON.stringify(differences)).not.toMatch(/ada|Beta/);
  });

  it('knows a status that it does not name, and leaves the body of a failing server open', () => {
    expect(contract.differences('listSegments', 418, { success: false })).toEqual([
      { at: 'status', expected: 'one of 200, 400, 401, 403, 404, 405, 429, 5XX' },
    ]);
    expect(contract.differences('listSegments', 201, { success: true, data: [] })).toHaveLength(1);
    expect(contract.differences('listSegments', 404, { success: true })).toEqual([
      { at: '/success', expected: 'must be equal to constant' },
    ]);
    expect(contract.differences('listSegments', 503, 'Bad gateway')).toEqual([]);
  });

  it('throws for an operation that it does not have', () => {
    expect(() => contract.differences('mergeSegments', 200, {})).toThrow('no operation mergeSegments');
    expect(() => contract.operation('mergeSegments')).toThrow('no operation mergeSegments');
  });
});
