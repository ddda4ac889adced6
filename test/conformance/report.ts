import type { Answer } from './app/src/answer';
import type { Case } from './app/src/case';
import { comparable, figuresOf, unlike, type Compared, type Verdict } from './compare';

const WORDS: Readonly<Record<Verdict, string>> = {
  agrees: 'agrees',
  differs: 'DIFFERS',
  unmeasured: 'unmeasured',
  notHere: 'not seen',
};

/** A table of all cases, each difference with the file that believes it, and the figures in a sentence. */
export function tableOf(compared: readonly Compared[]): string[] {
  const widest = Math.max(...compared.map(({ id }) => id.length));
  const rows = compared.map(
    ({ id, verdict, record, title }) =>
      `${id.padEnd(widest)}  ${WORDS[verdict].padEnd(10)}  ${sourceOf(record?.source).padEnd(19)}  ${title}`,
  );
  const { cases, measured, agree, differ } = figuresOf(compared);
  return [
    ...rows,
    '',
    ...differences(compared),
    `${cases} cases, ${measured} of them measured: ${agree} agree with their record, ${differ} differ.`,
  ];
}

function sourceOf(source: string | undefined): string {
  if (source === undefined) return '';
  return source.startsWith('documented') ? 'documented' : source;
}

function differences(compared: readonly Compared[]): string[] {
  return compared
    .filter(({ verdict }) => verdict === 'differs')
    .flatMap(({ id, title, believes, record, answer }) => [
      `${id}: ${title}`,
      `  recorded (${record?.source ?? ''}): ${JSON.stringify(record?.answer)}`,
      `  answered: ${JSON.stringify(answer)}`,
      `  believed by ${believes}`,
      '',
    ]);
}

/** What a site answered otherwise than the sandbox: both answers, and which file to change. */
export function siteReport(
  cases: readonly Case[],
  compared: readonly Compared[],
  site: Readonly<Record<string, Answer>>,
  sandbox: Readonly<Record<string, Answer>>,
): string[] {
  const others = unlike(cases, site, sandbox);
  const inShort = (one: Case, answers: Readonly<Record<string, Answer>>): string =>
    JSON.stringify(comparable(one, answers[one.id] ?? { kind: 'notSeen' }));
  return [
    ...tableOf(compared),
    '',
    ...others.flatMap((one) => [
      `${one.id}: ${one.title}`,
      `  the site: ${inShort(one, site)}`,
      `  the sandbox: ${inShort(one, sandbox)}`,
      `  believed by ${one.believes}`,
      '',
    ]),
    `${others.length} cases are answered otherwise by the site than by the sandbox.`,
  ];
}
