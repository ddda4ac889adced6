import type { WriteEnds } from '../../src/contract';
import { readMember, writeFieldSettings } from '../../src/adapters/store';
import type { PairReading } from '../../src/domain/segments';
import { noteMemberships } from '../../src/usecases/write/noteMemberships';
import type { BatchResult } from '../../src/usecases/write';
import { ledgerEntry } from '../support/ledgerEntry';
import { kvsError } from '../support/platformFaults';
import { createSite, type Site } from '../support/site';
import { startVirtualTime, type VirtualTime } from '../support/virtualTime';

/** How the directory is told of a batch. */

let site: Site;
let time: VirtualTime;
beforeEach(async () => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  site = await createSite({ offline: true, members: 10, segments: 3 });
  time = startVirtualTime();
});
afterEach(() => {
  time.stop();
  return site.stop();
});

const as = <T>(work: () => Promise<T>): Promise<T> => time.until(site.app.runAs({ moduleKey: 'tick' }, work));
const placesOf = async (memberId: number) => (await as(() => readMember(memberId)))?.segmentIds ?? null;
const FROM = { id: 101, name: 'From' };
const TO = { id: 102, name: 'To' };
const MOVE: WriteEnds = { kind: 'move', from: FROM, to: TO };
const members = [501, 502, 503, 504].map((memberId) => ({ memberId, operationId: `op-${memberId}` }));
const READ: PairReading = { from: new Set([502]), to: new Set([501, 503]) };
const written = (state: 'finished' | 'undecided'): BatchResult => ({ kind: 'written', entry: ledgerEntry({ state }) });
const ALL: ReadonlyMap<string, BatchResult> = new Map(
  members.map(({ operationId }) => [operationId, written('finished')]),
);
const note = (results = ALL, reading = READ, ends: WriteEnds = MOVE) =>
  as(() => noteMemberships({ ends, members }, results, reading));

it('notes of everybody in which of both segments they are, and in which not', async () => {
  await time.until(site.refreshSlice());
  await note();
  expect(await Promise.all([501, 502, 503, 504].map(placesOf))).toEqual([[102], [101], [102], []]);
  // Who has left since is taken out of where they were.
  await note(ALL, { from: new Set(), to: new Set([502]) });
  expect(await Promise.all([501, 502].map(placesOf))).toEqual([[], [102]]);
  await note(ALL, { from: 'gone', to: 'gone' });
  expect(await placesOf(502)).toEqual([]);
});

it('says nothing of an end that the batch does not have, or that was not read', async () => {
  await time.until(site.refreshSlice());
  await note();
  await note(ALL, { from: new Set(), to: null }, { kind: 'remove', from: FROM, to: null });
  expect(await Promise.all([501, 502].map(placesOf))).toEqual([[102], []]);
  await note(ALL, { from: null, to: new Set([504]) }, { kind: 'add', from: null, to: TO });
  expect(await Promise.all([501, 504].map(placesOf))).toEqual([[], [102]]);
  await note(ALL, { from: new Set([501]), to: new Set([501]) }, { kind: 'remove', from: FROM, to: null });
  expect(await placesOf(501)).toEqual([101]);
  await note(ALL, { from: null, to: new Set([501]) });
  expect(await placesOf(501)).toEqual([101, 102]);
  expect(console.error).not.toHaveBeenCalled();
});

it('leaves out of whom it is not decided yet, and nobody else', async () => {
  await time.until(site.refreshSlice());
  const results = new Map<string, BatchResult>([
    ['op-501', written('undecided')],
    ['op-502', { kind: 'stale', reason: 'notInSource' }],
    ['op-503', written('finished')],
  ]);
  await note(results);
  expect(await Promise.all([501, 502, 503, 504].map(placesOf))).toEqual([null, [101], [102], []]);
});

it('is done only where there is a directory, and where somebody is decided', async () => {
  await note();
  expect(await placesOf(501)).toBeNull();
  await time.until(site.refreshSlice());
  site.platform.clearRecords();
  await note(new Map(members.map(({ operationId }) => [operationId, written('undecided')])));
  expect(site.platform.calls).toEqual([]);
});

it('has the field follow for whom it is decided', async () => {
  await time.until(site.refreshSlice());
  await as(() => writeFieldSettings({ isOn: true, segmentIds: [] }, Date.now()));
  const published: string[] = [];
  site.platform.intercept((call, _proceed, { body }) => {
    if (call.kind === 'queue') published.push(String(body));
    return undefined;
  });
  await note(new Map(ALL).set('op-501', written('undecided')));
  expect(published).toEqual([expect.stringContaining('"memberIds":[502,503,504]')]);
});

it('that fails is logged, and nothing else: the next refresh finds it', async () => {
  await time.until(site.refreshSlice());
  site.platform.intercept(kvsError('/get', 1, 'INTERNAL_SERVER_ERROR', 500));
  await note();
  expect(jest.mocked(console.error).mock.calls).toEqual([[expect.stringContaining('"where":"directory"')]]);
});
