import type { Answer } from './app/src/answer';
import type { Case } from './app/src/case';
import type { RecordedAnswer } from './recorded';

/** What a comparison with the recorded answer showed. */
export type Verdict =
  | 'agrees'
  | 'differs'
  /** Nobody has a record of it: it counts for nothing. */
  | 'unmeasured'
  /** Only a real site can answer it. */
  | 'notHere';

/** A case with its answer and what became of the comparison. */
export type Compared = {
  readonly id: string;
  readonly title: string;
  readonly believes: string;
  readonly verdict: Verdict;
  readonly answer: Answer;
  readonly record: RecordedAnswer | null;
};

/** An ISO 8601 time in UTC. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/**
 * The shape of a value: each text, number and boolean by its type in angle brackets, a time as `<time>`,
 * and a list by its first item.
 */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shapeOf(one)]));
  if (typeof value === 'string') return TIME.test(value) ? '<time>' : '<string>';
  return value === null || value === undefined ? null : `<${typeof value}>`;
}

/** An answer as it is compared: that of a volatile case by its shape. */
export function comparable({ isVolatile }: Pick<Case, 'isVolatile'>, answer: Answer): Answer {
  return isVolatile === true && answer.kind === 'value' ? { kind: 'value', value: shapeOf(answer.value) } : answer;
}

/** Whether an answer is what was recorded. What the record leaves out may be anything. */
export function matches(recorded: unknown, answered: unknown): boolean {
  if (Array.isArray(recorded))
    return (
      Array.isArray(answered) &&
      answered.length === recorded.length &&
      recorded.every((one, index) => matches(one, answered[index]))
    );
  if (typeof recorded !== 'object' || recorded === null) return Object.is(recorded, answered);
  if (typeof answered !== 'object' || answered === null) return false;
  return Object.entries(recorded).every(([name, one]) => matches(one, Reflect.get(answered, name)));
}

/** Compares every case with its record. A case without an answer was not seen. */
export function compareAll(
  cases: readonly Case[],
  records: Readonly<Record<string, RecordedAnswer>>,
  answers: Readonly<Record<string, Answer>>,
  isSite: boolean,
): Compared[] {
  return cases.map((one): Compared => {
    const { id, title, believes } = one;
    const answer = answers[id] ?? { kind: 'notSeen' };
    const record = records[id] ?? null;
    return { id, title, believes, verdict: verdictOf(one, record, answer, isSite), answer, record };
  });
}

function verdictOf(one: Case, record: RecordedAnswer | null, answer: Answer, isSite: boolean): Verdict {
  if (one.isOnlyOnSite === true && !isSite) return 'notHere';
  if (record === null) return 'unmeasured';
  // On a site somebody may not have opened the page yet; the sandbox is driven through everything.
  if (isSite && answer.kind === 'notSeen') return 'notHere';
  return matches(record.answer, comparable(one, answer)) ? 'agrees' : 'differs';
}

/** The four figures of `--json`: `measured` leaves out what is only documented. */
export type Figures = {
  readonly cases: number;
  readonly measured: number;
  readonly agree: number;
  readonly differ: number;
};

/** Counts; cases that only a real site can answer are not among them. */
export function figuresOf(compared: readonly Compared[]): Figures {
  const here = compared.filter(({ verdict }) => verdict !== 'notHere');
  return {
    cases: here.length,
    measured: here.filter(({ record }) => record?.source.startsWith('measured') === true).length,
    agree: here.filter(({ verdict }) => verdict === 'agrees').length,
    differ: here.filter(({ verdict }) => verdict === 'differs').length,
  };
}

/** The cases that a site answered otherwise than the sandbox does, and that both have answered. */
export function unlike(
  cases: readonly Case[],
  site: Readonly<Record<string, Answer>>,
  sandbox: Readonly<Record<string, Answer>>,
): Case[] {
  return cases.filter((one) => {
    const [there, here] = [site[one.id], sandbox[one.id]];
    if (
      one.isOnlyOnSite === true ||
      there === undefined ||
      here === undefined ||
      there.kind === 'notSeen' ||
      here.kind === 'notSeen'
    )
      return false;
    const [ofSite, ofSandbox] = [comparable(one, there), comparable(one, here)];
    return !matches(ofSite, ofSandbox) || !matches(ofSandbox, ofSite);
  });
}
