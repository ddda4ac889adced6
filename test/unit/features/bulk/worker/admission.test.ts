import { err, ok, type Result } from '../../../../../src/contract';
import type { RunPerson } from '../../../../../src/domain/runs';
import { createAdmission, type AskRefusals, type LeftOutBy } from '../../../../../src/features/bulk/worker/admission';

const person = (place: number, result: RunPerson['result'] = null): RunPerson => ({
  group: 1,
  place,
  accountId: `a-${place}`,
  memberId: place,
  verdict: 'willWrite',
  issueId: null,
  issueKey: null,
  projectId: null,
  result,
  reason: null,
  operationId: null,
  undoes: null,
});

/** An admission of these people, and the places of each question to Jira. */
function admissionOf(people: readonly RunPerson[], answer: (place: number) => LeftOutBy | null = () => null) {
  let left = people;
  const asked: number[][] = [];
  const wanted: number[] = [];
  const problems: Result<never>[] = [];
  const ask: AskRefusals = (some) => {
    asked.push(some.map(({ place }) => place));
    return Promise.resolve(problems.shift() ?? ok(some.map(({ place }) => answer(place))));
  };
  const reader = {
    next: (count: number) => {
      wanted.push(count);
      const read = left.slice(0, count);
      left = left.slice(count);
      return Promise.resolve([...read]);
    },
  };
  return { admission: createAdmission(reader, ask), asked, wanted, problems };
}
const placesOf = (answer: Awaited<ReturnType<ReturnType<typeof createAdmission>['next']>>): unknown =>
  answer.kind === 'ok' ? answer.value.map(({ person: { place }, refusal }) => [place, refusal]) : answer.problem;

let nowMs = 1_000_000;
beforeEach(() => {
  nowMs = 1_000_000;
  jest.spyOn(Date, 'now').mockImplementation(() => nowMs);
});
afterEach(() => jest.restoreAllMocks());

it('asks once for many, and hands them out in their order with why each is left out', async () => {
  const { admission, asked } = admissionOf(
    [1, 2, 3].map((place) => person(place)),
    (place) => (place === 2 ? 'changed' : null),
  );
  expect(placesOf(await admission.next(2))).toEqual([
    [1, null],
    [2, 'changed'],
  ]);
  expect(placesOf(await admission.next(2))).toEqual([[3, null]]);
  expect(placesOf(await admission.next(2))).toEqual([]);
  expect(asked).toEqual([[1, 2, 3]]);
});

it('asks for at most 500 at once, and goes on where more are wanted', async () => {
  const { admission, asked, wanted } = admissionOf(Array.from({ length: 501 }, (_none, nth) => person(nth + 1)));
  expect(placesOf(await admission.next(501))).toHaveLength(501);
  expect(asked.map(({ length }) => length)).toEqual([500, 1]);
  expect(wanted).toEqual([500, 500]);
});

it('does not ask for whoever has a result, and answers the right ones of the others', async () => {
  const { admission, asked } = admissionOf([person(1, 'confirmed'), person(2), person(3)], (place) =>
    place === 3 ? 'changed' : null,
  );
  expect(placesOf(await admission.next(3))).toEqual([
    [1, null],
    [2, null],
    [3, 'changed'],
  ]);
  expect(asked).toEqual([[2, 3]]);
});

it('asks nothing where everybody has a result', async () => {
  const { admission, asked } = admissionOf([person(1, 'confirmed')]);
  expect(placesOf(await admission.next(1))).toEqual([[1, null]]);
  expect(asked).toEqual([]);
});

it('asks again for those who wait once the answer is older than a minute', async () => {
  let refused: LeftOutBy | null = null;
  const { admission, asked } = admissionOf(
    [1, 2, 3].map((place) => person(place)),
    () => refused,
  );
  await admission.next(1);
  refused = 'changed';
  nowMs += 60_000;
  expect(placesOf(await admission.next(1))).toEqual([[2, null]]);
  nowMs += 1;
  expect(placesOf(await admission.next(1))).toEqual([[3, 'changed']]);
  expect(asked).toEqual([[1, 2, 3], [3]]);
});

it('passes nobody over where Jira can not say', async () => {
  const { admission, problems, asked } = admissionOf([person(1), person(2)]);
  problems.push(err({ code: 'notProven' }));
  expect(placesOf(await admission.next(1))).toEqual({ code: 'notProven' });
  expect(placesOf(await admission.next(2))).toEqual([
    [1, null],
    [2, null],
  ]);
  expect(asked).toEqual([
    [1, 2],
    [1, 2],
  ]);
});
