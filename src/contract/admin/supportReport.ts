import {
  formText,
  READ_CALLS,
  type KeyForm,
  type KeyPath,
  type Paging,
  type ReadForm,
  type SiteProfile,
} from '../profile';
import type { Problem } from '../problem';
import { WRITE_KINDS } from '../segments';
import type { AnswerSummary, CheckLine, CheckQuestion, CheckReport } from './check';

/**
 * A check's report as plain text for whoever helps to set up the app. In English, because it is for others than the
 * admin, and without anything of the site: shapes, counts and statuses, and no host, key, name, address or id.
 */
export function supportReport(report: CheckReport): string {
  return [
    `Connection check: ${report.state}, ${count(report.requests, 'request')}`,
    '',
    ...report.lines.map((line) => `- ${lineOf(line)}`),
    ...(report.question === null ? [] : [`- asks: ${questionOf(report.question)}`]),
    '',
    `Read: ${report.readPlan}. Differs from the default in: ${report.differs.join(', ') || 'nothing'}`,
    ...profileLines(report.profile),
    '',
  ].join('\n');
}

function lineOf(line: CheckLine): string {
  switch (line.code) {
    case 'reached':
      return `reached: status ${String(line.status)} in ${String(line.tookMs)} ms`;
    case 'keyAccepted':
      return `key accepted: ${keyOf(line.key)}`;
    case 'keyRefused':
      return `key refused: ${statusOf(line.status)}; tried ${line.tried.map(keyOf).join('; ')}`;
    case 'listed':
      return `listed: ${count(line.segments, 'segment')} at ${placeOf(line.at)}`;
    case 'noSegments':
      return 'no segments yet';
    case 'failed':
      return `${line.call} failed: ${problemOf(line.problem)}; ${cameOf(line.came)}`;
    case 'paused':
      return `paused for ${String(line.retryAfterMs)} ms`;
    default:
      return readLineOf(line);
  }
}

type ReadLine = Exclude<
  CheckLine,
  { code: 'reached' | 'keyAccepted' | 'keyRefused' | 'listed' | 'noSegments' | 'failed' | 'paused' }
>;

function readLineOf(line: ReadLine): string {
  switch (line.code) {
    case 'oneByOne':
      return `one segment after the other, because ${line.call}: ${problemOf(line.problem)}`;
    case 'members':
      return (
        `${line.call}: ${count(line.members, 'member')} in ${count(line.segments, 'segment')} ` +
        `at ${placeOf(line.at)}, ` +
        `addresses ${String(line.addresses)} %, names ${String(line.names)} %`
      );
    case 'memberIds': {
      const others = line.others.map(({ at, why }) => `${placeOf(at)} ${why}`).join(', ');
      return `${line.call}: ids at ${placeOf(line.at)}${others === '' ? '' : `; others: ${others}`}`;
    }
    case 'ids':
      return `ids are sent as ${line.ids}`;
    case 'paging':
      return `${line.call}: ${count(line.pages, 'page')} of ${String(line.size)}, ${pagingOf(line.paging)}`;
    case 'path':
      return `${line.call}: ${pathOf(line.path)}`;
    case 'compared':
      return `both reads show the same ${count(line.members, 'member')} of one segment`;
    case 'picked':
      return `${line.call}: none is there, picked out of all at once`;
    case 'differs':
      return `the reads differ: ${String(line.onlyInAll)} only in all at once, ${String(line.onlyInOne)} only alone`;
    case 'leftOut':
      return `${line.call}: ${count(line.records, 'record')} without an id`;
    case 'former':
      return `${line.call}: ${count(line.records, 'record')} of former members by ${placeOf(line.at)}`;
    case 'unreadable':
      return count(line.segmentIds.length, 'unreadable segment');
    case 'cut':
      return `${line.call} is cut: ${String(line.shown)} of ${String(line.total ?? 'an unknown number')}`;
    case 'verbs':
      return `${line.kind}: ${pathOf(line.path)} allows ${line.verbs.join(', ') || 'nothing'}`;
  }
}

function questionOf(question: CheckQuestion): string {
  switch (question.ask) {
    case 'segmentId':
      return `a segment that may be read at ${pathOf(question.path)}`;
    case 'whole':
      return `whether ${count(question.rows, 'row')} of ${question.call} are all`;
    default:
      return `${question.ask} of ${question.options.map(({ at }) => placeOf(at)).join(', ')}`;
  }
}

function profileLines({ key, ids, reads, writes }: SiteProfile): string[] {
  return [
    `Key: ${keyOf(key)}. Ids: ${ids}`,
    ...READ_CALLS.map((call) => `${call}: GET ${pathOf(reads[call].path)}, ${readOf(reads[call])}`),
    ...WRITE_KINDS.map((kind) => `${kind}: ${formText(writes[kind])}, body { ${writes[kind].users}: list }`),
  ];
}

function readOf({ shape, paging, total }: ReadForm): string {
  const { member, ...segment } = shape;
  const of = (whose: string, paths: Readonly<Record<string, KeyPath | null>>): string[] =>
    Object.entries(paths).map(([name, path]) => `${whose}${name} ${path === null ? '-' : placeOf(path.join('.'))}`);
  const places = [...of('', segment), ...(member === null ? [] : of('member ', member)), ...of('', { total })];
  return `${places.join(', ')}, ${pagingOf(paging)}`;
}

function pagingOf(paging: Paging): string {
  switch (paging.kind) {
    case 'none':
      return 'no pages';
    case 'page':
      return `pages by ${paging.parameter} from ${String(paging.first)}`;
    case 'offset':
      return `pages by ${paging.parameter}`;
    case 'cursor':
      return `pages by ${paging.parameter} from ${placeOf(paging.cursor.join('.'))}`;
    case 'address':
      return `pages by the address at ${placeOf(paging.address.join('.'))}`;
    case 'link':
      return 'pages by Link';
  }
}

function cameOf(came: AnswerSummary | null): string {
  if (came === null) return 'no answer';
  return `${statusOf(came.status)}, ${came.contentType ?? 'no content type'}, ${came.form ?? 'no JSON'}`;
}

function problemOf(problem: Problem): string {
  return problem.code === 'shorterLoop' ? `${problem.cause} (${statusOf(problem.status)})` : problem.code;
}

function keyOf({ header, scheme }: KeyForm): string {
  return `${header}: ${scheme === null ? '' : `${scheme} `}<key>`;
}

function statusOf(status: number | null): string {
  return status === null ? 'no status' : `status ${String(status)}`;
}

/** A path of a call: an id that is filled in is one of the site's. */
function pathOf(path: string): string {
  return path.replace(/\/\d+(?=\/|\?|$)/g, '/{id}');
}

function placeOf(at: string): string {
  return at === '' ? 'the answer itself' : at;
}

function count(n: number, what: string): string {
  return `${String(n)} ${what}${n === 1 ? '' : 's'}`;
}
