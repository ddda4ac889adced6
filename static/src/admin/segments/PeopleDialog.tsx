import { useMemo, useState } from 'react';
import { err, PEOPLE_LIMIT, type Invitee, type ManageCall, type ManageRoute, type Result } from '@contract';
import { t } from '../../i18n';
import { DialogForm } from './DialogForm';
import { FoundPeople } from './FoundPeople';
import { NoticeMessage } from './NoticeMessage';
import { parseFile, parseText, type PeopleFault, type PeopleList } from './people';
import { PeopleFile, type ReadFile } from './PeopleFile';
import { peopleFaultText } from './peopleText';
import type { ShownSegment } from './shownSegment';
import { Trial, useTrial } from './Trial';
import { TypedPeople } from './TypedPeople';
import type { Segments } from './useSegments';

type PeopleDialogProps = {
  readonly segment: ShownSegment | null;
  readonly segments: Segments;
  readonly proven: readonly ManageRoute[];
  readonly onClose: () => void;
};

/** Adds people by their addresses, typed or from a file, to a segment or to none. */
export function PeopleDialog({ segment, segments, proven, onClose }: PeopleDialogProps) {
  const [text, setText] = useState('');
  const [file, setFile] = useState<ReadFile | null>(null);
  const [error, setError] = useState<string | null>(null);
  const route = routeOf(segment !== null, file !== null);
  const trial = useTrial(proven.includes(route));
  const { read, people, sent, noteSent } = useList(text, file);
  const [isTried, setIsTried] = useState(false);

  const submit = async () => {
    const wrong = errorOf(read);
    setError(wrong);
    if (!trial.check() || wrong !== null) return;
    const calls = chunks(people).map((some) => [callOf(route, segment?.id ?? 0, some), some.length] as const);
    setIsTried(true);
    // Where one of many requests does not work, the list stays, without those who were sent.
    if (await segments.send(calls, !trial.isProven, noteSent)) onClose();
  };

  return (
    <DialogForm
      title={segment === null ? t('admin.segments.invite') : t('admin.segments.addOf', { segment: segment.name })}
      submit={people.length === 0 ? t('admin.segments.add') : t('admin.segments.addConfirm', { count: people.length })}
      isBusy={segments.isBusy}
      onSubmit={() => void submit()}
      onCancel={onClose}
    >
      <TypedPeople text={text} isReadOnly={segments.isBusy} onChange={setText} />
      <PeopleFile
        isDisabled={segments.isBusy}
        onChange={(chosen) => {
          setFile(chosen);
          setError(null);
        }}
      />
      {file !== null && text.trim() !== '' && <p className="subtle small">{t('admin.segments.typedUnused')}</p>}
      {(file !== null || read.kind === 'ok') && (
        <FoundPeople read={read} encoding={file?.kind === 'text' ? file.encoding : undefined} />
      )}
      {error !== null && (file === null || read.kind === 'ok') && <p className="field-error">{error}</p>}
      <p className="subtle small">{t('admin.segments.addWarning')}</p>
      <SentPeople sent={sent} left={people} />
      {/* After each part that was sent it may wait as often as before. */}
      <NoticeMessage
        key={sent}
        notice={isTried && !segments.isBusy ? segments.notice : null}
        onRetry={() => void submit()}
        onReload={segments.reload}
      />
      <Trial trial={trial} isDisabled={segments.isBusy} />
    </DialogForm>
  );
}

/** The people of a list that are still to be sent, and how many were. */
function useList(text: string, file: ReadFile | null) {
  const read = useMemo(() => readPeople(text, file), [text, file]);
  const [sent, setSent] = useState<ReadonlySet<string>>(new Set());
  const noteSent = (call: ManageCall): void => {
    const added = 'people' in call ? call.people.map(({ email }) => email) : [];
    setSent((before) => new Set([...before, ...added]));
  };
  const people = read.kind === 'ok' ? read.value.people.filter(({ email }) => !sent.has(email)) : [];
  return { read, people, sent: sent.size, noteSent };
}

/** How far a list is that takes several requests. */
function SentPeople({ sent, left: [next, ...others] }: { readonly sent: number; readonly left: readonly Invitee[] }) {
  if (sent === 0 || next === undefined) return null;
  return (
    <p className="small" role="status">
      {t('admin.segments.sentPart', { sent, left: others.length + 1, next: next.email })}
    </p>
  );
}

function routeOf(
  hasSegment: boolean,
  isFile: boolean,
): 'addByEmail' | 'importToSegment' | 'createMembers' | 'importMembers' {
  if (hasSegment) return isFile ? 'importToSegment' : 'addByEmail';
  return isFile ? 'importMembers' : 'createMembers';
}

function callOf(route: ReturnType<typeof routeOf>, segmentId: number, people: readonly Invitee[]): ManageCall {
  return route === 'addByEmail' || route === 'importToSegment' ? { route, segmentId, people } : { route, people };
}

function readPeople(text: string, file: ReadFile | null): Result<PeopleList, PeopleFault> {
  if (file === null) return parseText(text);
  return file.kind === 'text' ? parseFile(file.name, file.text) : err({ code: 'notText' });
}

function errorOf(read: Result<PeopleList, PeopleFault>): string | null {
  if (read.kind === 'problem') return peopleFaultText(read.problem);
  return read.value.people.length === 0 ? t('admin.segments.peopleRequired') : null;
}

function chunks(people: readonly Invitee[]): Invitee[][] {
  return Array.from({ length: Math.ceil(people.length / PEOPLE_LIMIT) }, (_value, place) =>
    people.slice(place * PEOPLE_LIMIT, (place + 1) * PEOPLE_LIMIT),
  );
}
