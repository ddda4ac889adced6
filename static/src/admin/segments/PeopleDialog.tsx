import { useId, useMemo, useState } from 'react';
import { err, PEOPLE_LIMIT, type Invitee, type ManageCall, type ManageRoute, type Result } from '@contract';
import { t } from '../../i18n';
import { DialogForm } from './DialogForm';
import { FoundPeople } from './FoundPeople';
import { parseFile, parseText, type PeopleFault, type PeopleList } from './people';
import { PeopleFile, type ReadFile } from './PeopleFile';
import { peopleFaultText } from './peopleText';
import type { ShownSegment } from './shownSegment';
import { Trial, useTrial } from './Trial';
import type { Segments } from './useSegments';

type PeopleDialogProps = {
  readonly segment: ShownSegment | null;
  readonly segments: Segments;
  readonly proven: readonly ManageRoute[];
  readonly onClose: () => void;
};

/** Adds people by their addresses, typed or from a file, to a segment or to none. */
export function PeopleDialog({ segment, segments, proven, onClose }: PeopleDialogProps) {
  const id = useId();
  const [text, setText] = useState('');
  const [file, setFile] = useState<ReadFile | null>(null);
  const [error, setError] = useState<string | null>(null);
  const route = routeOf(segment !== null, file !== null);
  const trial = useTrial(proven.includes(route));
  const read = useMemo(() => readPeople(text, file), [text, file]);
  const people = read.kind === 'ok' ? read.value.people : [];

  const submit = async () => {
    const wrong = errorOf(read);
    setError(wrong);
    if (!trial.check() || wrong !== null) return;
    const calls = chunks(people).map((some) => [callOf(route, segment?.id ?? 0, some), some.length] as const);
    await segments.send(calls, !trial.isProven);
    onClose();
  };

  return (
    <DialogForm
      title={segment === null ? t('admin.segments.invite') : t('admin.segments.addOf', { segment: segment.name })}
      submit={people.length === 0 ? t('admin.segments.add') : t('admin.segments.addConfirm', { count: people.length })}
      isBusy={segments.isBusy}
      onSubmit={() => void submit()}
      onCancel={onClose}
    >
      <div className="field">
        <label htmlFor={`${id}-text`}>{t('admin.segments.people')}</label>
        <textarea
          id={`${id}-text`}
          className="input segments-text"
          rows={4}
          value={text}
          readOnly={segments.isBusy || file !== null}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setText(event.target.value)}
        />
        <p id={`${id}-hint`} className="subtle small">
          {t('admin.segments.peopleHint')}
        </p>
      </div>
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
      <Trial trial={trial} isDisabled={segments.isBusy} />
    </DialogForm>
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
