import fc from '../../support/chance';
import {
  DEFAULT_PROFILE,
  DOCUMENTED_FORMS,
  formText,
  MANAGE_ROUTES,
  READ_CALLS,
  WRITE_KINDS,
  type ReadCall,
} from '../../../src/contract';
import { MANAGE_FORMS } from '../../../src/adapters/shorterloop';
import {
  claimsSuccess,
  idOf,
  isRefusal,
  readOneSegment,
  readSegmentRecords,
  valueAt,
} from '../../../src/domain/profile';
import { spoiledOf } from '../../contract/spoiled';
import { readContract } from '../../contract/openapi';
import { arbitraryOf } from '../../contract/schema';
import { tries } from '../../support/tries';

const contract = readContract();
const { operations, document } = contract;

/** What is read of an answer, how much of it had to be left out, and whether all of it could be read. */
type Reading = { readonly isTaken: boolean; readonly isWhole: boolean };
type ReadAnswer = (answer: unknown) => Reading;

const NOT_TAKEN: Reading = { isTaken: false, isWhole: false };
const shapeOf = (call: ReadCall) => DEFAULT_PROFILE.reads[call].shape;

/** Of a read the client leaves out odd records and goes on with the others. */
const listOf =
  (call: ReadCall): ReadAnswer =>
  (answer) => {
    const records = isRefusal(answer) ? null : readSegmentRecords(answer, shapeOf(call));
    if (records === null) return NOT_TAKEN;
    return {
      isTaken: true,
      isWhole: records.leftOut === 0 && records.read.every((one) => one.unreadable === undefined),
    };
  };
const segmentOf: ReadAnswer = (answer) => {
  const shape = shapeOf('segmentWithMembers');
  // Whichever segment the answer is about: that it is the one that was asked for is another matter.
  const id = idOf(valueAt(answer, ['data', 'id']));
  const segment = isRefusal(answer) || id === null ? null : readOneSegment(answer, shape, id);
  if (segment === null) return NOT_TAKEN;
  return { isTaken: true, isWhole: segment.leftOut === 0 && segment.record.unreadable === undefined };
};
const writeAnswer: ReadAnswer = (answer) => {
  const isTaken = typeof answer === 'object' && answer !== null;
  return { isTaken, isWhole: isTaken && (claimsSuccess(answer) || isRefusal(answer)) };
};

const READERS: Readonly<Record<ReadCall, ReadAnswer>> = {
  listSegments: listOf('listSegments'),
  segmentWithMembers: segmentOf,
  segmentsWithMembers: listOf('segmentsWithMembers'),
};
/** What the contract calls the forms in which writes are documented, or assumed. */
const WRITES: Readonly<Record<string, string>> = {
  'PUT /api/v2/segments/{from}/segment-users/{to}': 'moveByPut',
  'POST /api/v2/segments/{from}/manage-users/{to}': 'moveByPost',
  'POST /api/v2/segments/{from}/manage-users': 'removeByPost',
  'POST /api/v2/segments/{to}/segment-users': 'add',
};
const writeForms = [
  ...DOCUMENTED_FORMS.move.slice(0, 2),
  ...DOCUMENTED_FORMS.remove.slice(0, 1),
  DEFAULT_PROFILE.writes.add,
];

/** The client's calls, with what the contract calls them and what the client reads their answers with. */
const CALLS = [
  ...READ_CALLS.map((call) => ({
    operationId: call,
    method: 'GET',
    path: DEFAULT_PROFILE.reads[call].path,
    read: READERS[call],
  })),
  ...writeForms.map((form) => ({
    operationId: WRITES[formText(form)] ?? formText(form),
    method: form.verb,
    path: form.path,
    read: writeAnswer,
  })),
  ...MANAGE_ROUTES.map((route) => ({
    operationId: route,
    method: MANAGE_FORMS[route].verb,
    path: MANAGE_FORMS[route].path,
    read: writeAnswer,
  })),
];

/** Where the client takes more than the contract, and why. Every other difference is a mistake of one of them. */
const TOLERANCES = [
  {
    at: /\/users\/\d+\/(email|name|firstName|lastName)$/,
    of: /^segment/,
    how: /./,
    why: 'a text that decides nothing is taken for none',
  },
  { at: /^\/message$/, of: /./, how: /./, why: 'the vendor may word its messages as it likes: the client reads none' },
  { at: /^\/data\/name$/, of: /^segmentWith/, how: /./, why: 'a segment without a name is shown by its id' },
  { at: /\/id$/, of: /^(list|segment)/, how: /^"1"$/, why: 'an id may be told as digits' },
  { at: /^\/success$/, of: /^(list|segment)/, how: /^(?!false$|0$)/, why: 'a list that is there need not be praised' },
  {
    at: /\/users$/,
    of: /^segments?With/,
    how: /^(?:null|\{\})$/,
    why: 'a segment that has nobody may have null or an empty object for its members',
  },
  { at: /^\/success$/, of: /^(?!list|segment)/, how: /^0$/, why: 'a no may be told as 0' },
  {
    at: /^\/data(\/count)?$/,
    of: /^(?!list|segment)/,
    how: /./,
    why: 'of a write only `success` is relied on: members are read back, whatever count says',
  },
];

/** A path with every parameter called the same: OpenAPI has one name for the ids of one path. */
function toSegmentRef(path: string): string {
  return path.replace(/\{\w+\}/g, '{}');
}

describe('the client and the contract', () => {
  it('name the same methods and paths', () => {
    const plain = ({ operationId, method, path }: (typeof CALLS)[number] | (typeof operations)[number]) => ({
      operationId,
      method,
      path: toSegmentRef(path),
    });
    const byId = (a: { operationId: string }, b: { operationId: string }): number =>
      a.operationId.localeCompare(b.operationId);
    // What the app itself never takes, and an admin may choose.
    const ofContract = operations.filter(({ operationId }) => operationId !== 'removeByPut').map(plain);
    expect(ofContract.sort(byId)).toEqual(CALLS.map(plain).sort(byId));
  });

  it('call the same writes documented', () => {
    const ofContract = operations.filter(({ documented }) => documented).map(({ operationId }) => operationId);
    expect(ofContract.sort()).toEqual(['moveByPost', 'moveByPut', 'removeByPost']);
    const ofProfile = WRITE_KINDS.filter((kind) => DEFAULT_PROFILE.evidence[kind].how === 'documented');
    expect(ofProfile).toEqual(['move', 'remove']);
  });

  it.each(CALLS)('agree on every example of $operationId', ({ operationId, read }) => {
    const { examples } = contract.operation(operationId);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(read(example).isTaken).toBe(true);
  });

  it.each(CALLS)('agree on what is right and what is wrong in an answer of $operationId', ({ operationId, read }) => {
    const tolerated = TOLERANCES.filter(({ of }) => of.test(operationId));
    fc.assert(
      fc.property(arbitraryOf(contract.operation(operationId).answer, document.components.schemas), (answer) => {
        expect(read(answer).isTaken).toBe(true);
        const disagreed = spoiledOf(answer).filter(({ at, how, value }) => {
          // In a list it depends on whether any other segment has one: where none has, the names stand elsewhere.
          if (/^\/data\/\d+\/name$/.test(at)) return false;
          const isRight = contract.differences(operationId, 200, value).length === 0;
          const isTolerated = tolerated.some((one) => one.at.test(at) && one.how.test(how));
          return read(value).isWhole !== (isRight || isTolerated);
        });
        // Once for all of them: thousands of expectations are what takes the time.
        expect(disagreed.map(({ at, how }) => `${at} ${how}`)).toEqual([]);
      }),
      tries(60),
    );
  });

  it.each(TOLERANCES)('differ where $why', ({ at, of, how }) => {
    const segment = {
      id: 1,
      name: 'Beta',
      users: [{ id: 2, email: 'a@b.example', name: 'A', firstName: 'A', lastName: 'B' }],
    };
    const [operationId, read, answer] = of.test('segmentWithMembers')
      ? (['segmentWithMembers', segmentOf, { success: true, message: 'Done', data: segment }] as const)
      : (['moveByPut', writeAnswer, { success: true, message: 'Done', data: { count: 1 } }] as const);
    const wrong = spoiledOf(answer).filter(
      (one) => at.test(one.at) && how.test(one.how) && contract.differences(operationId, 200, one.value).length > 0,
    );
    expect(of.test(operationId)).toBe(true);
    expect(wrong.length).toBeGreaterThan(0);
    for (const { value } of wrong) expect(read(value).isWhole).toBe(true);
  });
});
