import type { AnswerSummary, CheckLine, KeyForm, Paging } from '@contract';
import { list, t } from '../../../i18n';
import { adminProblemText } from '../../../shared/problemText';
import { some } from '../../../shared/tableText';
import type { Tone } from '../../../shared/tone';

/** A line of the report in words: what was seen, and what there is to say about it. */
export type LineWords = { readonly tone: Tone; readonly text: string; readonly more: readonly string[] };

/** A line of the check's report in words. */
export function lineWords(line: CheckLine): LineWords {
  switch (line.code) {
    case 'reached':
      return found(t('admin.connection.check.line.reached', { status: String(line.status), ms: line.tookMs }));
    case 'keyAccepted':
      return found(t('admin.connection.check.line.keyAccepted', { form: keyText(line.key) }));
    case 'keyRefused':
      return keyRefusedWords(line);
    case 'listed':
      return found(t('admin.connection.check.line.listed', { count: line.segments, at: placeWords(line.at) }));
    case 'noSegments':
      return said('info', t('admin.connection.check.line.noSegments'), t('admin.connection.check.line.noSegmentsNext'));
    case 'failed':
      return failedWords(line);
    case 'paused':
      return said('info', t('admin.connection.check.line.paused'));
    case 'verbs':
      return said(
        'info',
        line.verbs.length === 0
          ? t('admin.connection.check.line.noVerbs', { kind: t(`problems.writeKinds.${line.kind}`), path: line.path })
          : t('admin.connection.check.line.verbs', {
              kind: t(`problems.writeKinds.${line.kind}`),
              path: line.path,
              verbs: list(line.verbs),
            }),
      );
    default:
      return readWords(line);
  }
}

type ReadLine = Exclude<
  CheckLine,
  { code: 'reached' | 'keyAccepted' | 'keyRefused' | 'listed' | 'noSegments' | 'failed' | 'paused' | 'verbs' }
>;

function readWords(line: ReadLine): LineWords {
  switch (line.code) {
    case 'oneByOne':
      return said('info', t('admin.connection.check.line.oneByOne'), adminProblemText(line.problem).cause);
    case 'members':
      return membersWords(line);
    case 'memberIds':
      return memberIdsWords(line);
    case 'ids':
      return found(t(`admin.connection.check.line.ids.${line.ids}`));
    case 'paging':
      return found(
        t('admin.connection.check.line.paging', { count: line.pages, size: line.size, how: pagingWords(line.paging) }),
      );
    case 'path':
      return found(
        t('admin.connection.check.line.path', {
          call: t(`admin.connection.profile.parts.${line.call}`),
          path: line.path,
        }),
      );
    case 'compared':
      return found(t('admin.connection.check.line.compared', { count: line.members, id: String(line.segmentId) }));
    case 'picked':
      return found(t('admin.connection.check.line.picked'));
    case 'differs':
      return said(
        'error',
        t('admin.connection.check.line.differs', { id: String(line.segmentId) }),
        t('admin.connection.check.line.differsHow', { all: line.onlyInAll, one: line.onlyInOne }),
        t('admin.connection.check.line.differsNext'),
      );
    case 'leftOut':
      return said('warning', t('admin.connection.check.line.leftOut', { count: line.records }));
    case 'former':
      return said('info', t('admin.connection.check.line.former', { count: line.records, at: placeWords(line.at) }));
    case 'unreadable':
      return said(
        'warning',
        t('admin.connection.check.line.unreadable', {
          count: line.segmentIds.length,
          ids: some(line.segmentIds.map((id) => `#${id}`)),
        }),
      );
    case 'cut':
      return said(
        'warning',
        line.total === null
          ? t('admin.connection.check.line.looksCut', { count: line.shown })
          : t('admin.connection.check.line.cut', { count: line.shown, total: line.total }),
      );
  }
}

function keyRefusedWords({ status, tried }: Extract<CheckLine, { code: 'keyRefused' }>): LineWords {
  const refused = t('admin.connection.check.line.keyRefused');
  return said(
    'error',
    status === null ? refused : t('problems.withStatus', { cause: refused, status }),
    ...(tried.length === 0 ? [] : [t('admin.connection.check.line.keyTried', { forms: list(tried.map(keyText)) })]),
    t('admin.connection.check.line.keyNext'),
  );
}

function membersWords(line: Extract<CheckLine, { code: 'members' }>): LineWords {
  const at = placeWords(line.at);
  const isAll = line.call === 'segmentsWithMembers';
  return found(
    isAll
      ? t('admin.connection.check.line.members', { count: line.members, segments: line.segments, at })
      : t('admin.connection.check.line.membersOfOne', { count: line.members, at }),
    ...(line.members === 0
      ? []
      : [t('admin.connection.check.line.shares', { addresses: line.addresses, names: line.names })]),
  );
}

function memberIdsWords({ at, others }: Extract<CheckLine, { code: 'memberIds' }>): LineWords {
  return found(
    t('admin.connection.check.line.memberIds', { at: placeWords(at) }),
    ...others.map((other) => t(`admin.connection.check.line.otherId.${other.why}`, { at: placeWords(other.at) })),
  );
}

function failedWords({ call, problem, came }: Extract<CheckLine, { code: 'failed' }>): LineWords {
  const { title, cause, next } = adminProblemText(problem);
  const name = t(`admin.connection.profile.parts.${call}`);
  return said(
    'error',
    t('admin.connection.check.line.failed', { call: name, title }),
    cause,
    ...(came === null ? [] : [cameText(came)]),
    next,
  );
}

/** What came instead of what was expected, without any value of it. */
function cameText({ status, contentType, form }: AnswerSummary): string {
  return t('admin.connection.check.line.came', {
    what: list([
      ...(status === null ? [] : [t('admin.connection.check.line.status', { status: String(status) })]),
      contentType ?? t('admin.connection.check.line.noContentType'),
      form ?? t('admin.connection.check.line.noJson'),
    ]),
  });
}

/** How a key is shown, as it stands in a request: `Authorization: Bearer •••`. */
function keyText({ header, scheme }: KeyForm): string {
  return `${header}: ${scheme === null ? '' : `${scheme} `}•••`;
}

/** How a list goes on. */
export function pagingWords(paging: Paging): string {
  return t(`admin.connection.paging.${paging.kind}`, {
    parameter: 'parameter' in paging ? paging.parameter : '',
  });
}

/** A place in an answer: keys joined by dots. */
export function placeWords(at: string): string {
  return at === '' ? t('admin.connection.check.line.wholeAnswer') : at;
}

function found(text: string, ...more: readonly string[]): LineWords {
  return { tone: 'success', text, more };
}

function said(tone: Tone, text: string, ...more: readonly string[]): LineWords {
  return { tone, text, more };
}
