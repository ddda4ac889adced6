import { err, ok, type ManageCall, type Segment } from '../../../../src/contract';
import type {
  SegmentWithMembers,
  ShorterLoopError,
  ShorterLoopResult,
  WriteReceipt,
} from '../../../../src/adapters/shorterloop';
import type { Writable } from '../../../../src/usecases/connection';
import { joinedIntention, manage, type ManageActor } from '../../../../src/usecases/write/manage';

const RECEIVED = { status: 200, count: 1, claim: 'accepted' } as const;
const DOWN: ShorterLoopError = { cause: 'network', status: null, mayHaveBeenApplied: false };
const failed = (problem: Partial<ShorterLoopError>): ShorterLoopResult<never> =>
  ({ kind: 'problem', problem: { ...DOWN, ...problem } as ShorterLoopError }) as const;
const ORIGIN: ManageActor = {
  entryPoint: 'admin',
  actorAccountId: 'admin-1',
  reporterAccountId: null,
  issueId: null,
  issueKey: null,
};
const ADA = { email: 'ada@company.example', firstName: null, lastName: null };
const BOB = { ...ADA, email: 'bob@company.example' };
const ALPHA: Segment = { id: 1, name: 'Alpha' };
const BETA: Segment = { id: 2, name: 'Beta' };
const holding = (...members: readonly (readonly [number, string | null])[]): SegmentWithMembers => ({
  ...ALPHA,
  members: members.map(([id, email]) => ({ id, name: null, email })),
});

beforeEach(() => {
  // Here nothing is stored: that a row can't be recorded is logged, and tested by itself.
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});

type Answers = {
  /** What is read before the call and after it. */
  readonly looks?: readonly ShorterLoopResult<Segment[] | SegmentWithMembers>[];
  readonly receipt?: ShorterLoopResult<WriteReceipt>;
  readonly admitted?: Awaited<ReturnType<Writable['rateLimiter']['reserve']>>;
  readonly origin?: ManageActor;
};

/** Carries a call out between answers that are given beforehand. */
async function carryOut(
  call: ManageCall,
  { looks = [], receipt = ok(RECEIVED), admitted = ok(true), origin }: Answers,
) {
  const left = [...looks];
  const sent: ManageCall[] = [];
  const order: string[] = [];
  const look = (what: string) => (): Promise<ShorterLoopResult<never>> => {
    order.push(what);
    return Promise.resolve((left.shift() ?? failed({})) as ShorterLoopResult<never>);
  };
  const writable = {
    rateLimiter: { reserve: jest.fn(() => Promise.resolve(admitted)) },
    client: { listSegments: look('list'), segmentWithMembers: look('segment') },
    writes: {
      manage: (asked: ManageCall) => {
        order.push('sent');
        sent.push(asked);
        return Promise.resolve(receipt);
      },
    },
  };
  const managed = await manage(writable as unknown as Writable, call, origin ?? ORIGIN);
  return { managed, sent, order, reserve: writable.rateLimiter.reserve };
}

async function outcomeOf(call: ManageCall, answers: Answers): Promise<string> {
  const { managed } = await carryOut(call, answers);
  return managed.kind === 'ok' ? managed.value.outcome : managed.problem.code;
}

const CREATE: ManageCall = { route: 'createSegment', name: 'Alpha' };
const RENAME: ManageCall = { route: 'renameSegment', segmentId: 1, name: 'Alpha' };
const DELETE: ManageCall = { route: 'deleteSegment', segmentId: 1 };
const ADD: ManageCall = { route: 'addByEmail', segmentId: 1, people: [ADA, BOB] };
const MAIL: ManageCall = { route: 'emailMembers', memberIds: [7], subject: 'News', message: 'New.' };
const NO = failed({ cause: 'invalid', status: 422, mayHaveBeenApplied: true });
const SILENCE = failed({ cause: 'timeout', mayHaveBeenApplied: true });

describe('a call that manages', () => {
  it('is sent once, between a reading before it and one after, all three asked for beforehand', async () => {
    const { sent, order, reserve } = await carryOut(CREATE, { looks: [ok([BETA]), ok([BETA, ALPHA])] });
    expect([sent, order]).toEqual([[CREATE], ['list', 'sent', 'list']]);
    expect(reserve.mock.calls).toEqual([[3]]);
    const added = await carryOut(ADD, { looks: [ok(holding()), ok(holding())] });
    expect(added.order).toEqual(['segment', 'sent', 'segment']);
    const mailed = await carryOut(MAIL, {});
    expect(mailed.order).toEqual(['sent']);
  });

  it('is not sent where the site has to wait', async () => {
    const busy = err({ code: 'shorterLoop', cause: 'rateLimited', status: null, retryAfterMs: 5_000 } as const);
    const { managed, order } = await carryOut(CREATE, { admitted: busy, looks: [ok([]), ok([ALPHA])] });
    expect([managed, order]).toEqual([busy, []]);
  });

  it.each([
    [CREATE, ['list']],
    [ADD, ['segment']],
  ])('is not sent where what it is about can not be read: %j', async (call, read) => {
    const { managed, order } = await carryOut(call, { looks: [failed({ cause: 'unauthorized', status: 401 })] });
    expect(managed).toMatchObject({ kind: 'problem', problem: { code: 'shorterLoop', cause: 'unauthorized' } });
    expect(order).toEqual(read);
  });

  it.each([
    ['before anything was applied', failed({ cause: 'forbidden', status: 403 }), 'forbidden'],
    ['before it was sent', failed({ cause: 'network' }), 'network'],
  ] as const)('that was refused %s is not read back', async (_when, receipt, cause) => {
    const { managed, order } = await carryOut(CREATE, { receipt, looks: [ok([]), ok([ALPHA])] });
    expect(managed).toEqual(ok({ outcome: 'refused', cause, joined: [] }));
    expect(order).toEqual(['list', 'sent']);
  });

  it('is unknown where it can not be read back, whatever the answer was', async () => {
    const looks = [ok([]), failed({})];
    expect((await carryOut(CREATE, { looks })).managed).toEqual(ok({ outcome: 'unknown', cause: null, joined: [] }));
    const { managed } = await carryOut(CREATE, { looks, receipt: NO });
    expect(managed).toEqual(ok({ outcome: 'unknown', cause: 'invalid', joined: [] }));
    expect(await outcomeOf(ADD, { looks: [ok(holding()), failed({})] })).toBe('unknown');
  });

  it('tells why Shorter Loop said no, and nothing where it said yes', async () => {
    const looks = [ok([]), ok([])];
    expect((await carryOut(CREATE, { looks, receipt: NO })).managed).toEqual(
      ok({ outcome: 'refused', cause: 'invalid', joined: [] }),
    );
    expect((await carryOut(CREATE, { looks })).managed).toEqual(
      ok({ outcome: 'notConfirmed', cause: null, joined: [] }),
    );
  });
});

describe('what became of a call', () => {
  const UNDONE = [ok([BETA]), ok([BETA])];

  it('is decided by the answer alone where nothing can be read back', async () => {
    expect(await outcomeOf(MAIL, {})).toBe('accepted');
    expect(await outcomeOf(MAIL, { receipt: NO })).toBe('refused');
    expect(await outcomeOf(MAIL, { receipt: SILENCE })).toBe('unknown');
    expect(await outcomeOf(MAIL, { receipt: ok({ ...RECEIVED, claim: 'unclear' }) })).toBe('accepted');
  });

  it('is decided by the reading where that shows it, and by the answer where it does not', async () => {
    expect(await outcomeOf(CREATE, { looks: [ok([BETA]), ok([BETA, ALPHA])], receipt: NO })).toBe('confirmed');
    expect(await outcomeOf(CREATE, { looks: [ok([BETA]), ok([BETA, ALPHA])], receipt: SILENCE })).toBe('confirmed');
    expect(await outcomeOf(CREATE, { looks: UNDONE })).toBe('notConfirmed');
    expect(await outcomeOf(CREATE, { looks: UNDONE, receipt: NO })).toBe('refused');
    expect(await outcomeOf(CREATE, { looks: UNDONE, receipt: SILENCE })).toBe('unknown');
  });

  it('is a new segment of that name, and not one that was there', async () => {
    const again: Segment = { id: 3, name: 'Alpha' };
    expect(await outcomeOf(CREATE, { looks: [ok([ALPHA]), ok([ALPHA])] })).toBe('notConfirmed');
    expect(await outcomeOf(CREATE, { looks: [ok([ALPHA]), ok([ALPHA, again])] })).toBe('confirmed');
    expect(await outcomeOf(CREATE, { looks: [ok([ALPHA]), ok([ALPHA, BETA])] })).toBe('notConfirmed');
  });

  it('is the new name at the segment itself', async () => {
    const old = { id: 1, name: 'Old' };
    expect(await outcomeOf(RENAME, { looks: [ok([old]), ok([ALPHA])] })).toBe('confirmed');
    expect(await outcomeOf(RENAME, { looks: [ok([old]), ok([old])] })).toBe('notConfirmed');
    expect(await outcomeOf(RENAME, { looks: [ok([old]), ok([old, { id: 3, name: 'Alpha' }])] })).toBe('notConfirmed');
  });

  it('is a segment that the list has no more', async () => {
    expect(await outcomeOf(DELETE, { looks: [ok([ALPHA, BETA]), ok([BETA])] })).toBe('confirmed');
    expect(await outcomeOf(DELETE, { looks: [ok([ALPHA, BETA]), ok([ALPHA, BETA])] })).toBe('notConfirmed');
    expect(await outcomeOf(DELETE, { looks: [ok([ALPHA]), ok([])] })).toBe('confirmed');
  });

  it('is everybody who was asked for in the segment, by their addresses', async () => {
    const none = ok(holding([9, null]));
    expect(await outcomeOf(ADD, { looks: [none, ok(holding([9, null], [1, 'ADA@company.example']))] })).toBe(
      'notConfirmed',
    );
    const both = ok(holding([9, null], [1, 'ADA@company.example'], [2, BOB.email]));
    expect(await outcomeOf(ADD, { looks: [none, both] })).toBe('confirmed');
    expect(await outcomeOf({ ...ADD, route: 'importToSegment' }, { looks: [none, both] })).toBe('confirmed');
  });
});

describe('who joined by a call', () => {
  const before = ok(holding([9, null], [2, BOB.email]));
  const after = ok(holding([9, null], [2, BOB.email], [1, ADA.email], [5, 'eve@company.example'], [6, null]));

  it('is whoever was asked for and was not there before, with a row each', async () => {
    const { managed } = await carryOut(ADD, { looks: [before, after], origin: { ...ORIGIN, operationId: 'mine' } });
    const joined = managed.kind === 'ok' ? managed.value.joined : [];
    expect(joined).toMatchObject([
      {
        ...{ operationId: 'mine', kind: 'add', from: null, to: ALPHA, state: 'finished', entryPoint: 'admin' },
        ...{ undoes: null, runId: null, apiClientId: null, requestDigest: null, form: null, strays: null },
        members: [{ memberId: 1, outcome: 'confirmed', reason: 'readBackAgrees' }],
        answer: { status: 200, cause: null, count: 1 },
      },
    ]);
    expect(joined[0]?.to).toEqual(ALPHA);
    // Nothing can be stored here, which takes nothing from the answer.
    expect(jest.mocked(console.error).mock.calls).toEqual([[expect.stringContaining('"where":"ledger"')]]);
  });

  it('has the id that was asked for at the first of them alone', async () => {
    const both = ok(holding([1, ADA.email], [2, BOB.email]));
    const ids = async (origin: ManageActor) => {
      const { managed } = await carryOut(ADD, { looks: [ok(holding()), both], origin });
      return managed.kind === 'ok' ? managed.value.joined.map(({ operationId }) => operationId) : [];
    };
    const [first, second] = await ids({ ...ORIGIN, operationId: 'mine' });
    expect(first).toBe('mine');
    expect(second).toMatch(/^[0-9a-f-]{36}$/);
    expect((await ids(ORIGIN))[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is nobody where segments are managed', async () => {
    const { managed } = await carryOut(CREATE, { looks: [ok([]), ok([ALPHA])] });
    expect(managed).toEqual(ok({ outcome: 'confirmed', cause: null, joined: [] }));
  });

  it('is told about the work item where it was asked for on one, before it is known what became of it', () => {
    const asked = { ...ORIGIN, operationId: 'mine', reporterAccountId: 'reporter-1', issueId: '1', issueKey: 'ACME-1' };
    const row = joinedIntention(7, BETA, asked);
    expect(row).toMatchObject({
      ...{ ...asked, kind: 'add', to: BETA, state: 'intended', answer: null, finishedAtMs: null },
      ...{ undoes: null, runId: null, apiClientId: null, requestDigest: null },
      members: [{ memberId: 7, outcome: null, reason: null }],
    });
  });
});
