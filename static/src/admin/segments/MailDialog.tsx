import { useId, useState } from 'react';
import { PROVING_LIMIT, type ManageCall, type ManageRoute, type ProvingGround } from '@contract';
import { t } from '../../i18n';
import { memberName } from '../../shared/people';
import { SelectField } from '../../shared/SelectField';
import { TextField } from '../../shared/TextField';
import { useLoaded } from '../../shared/useLoaded';
import { invoke } from '../api';
import { DialogForm } from './DialogForm';
import type { ShownSegment } from './shownSegment';
import { Trial, useTrial } from './Trial';
import type { Segments } from './useSegments';

type MailDialogProps = {
  readonly segment: ShownSegment;
  readonly segments: Segments;
  readonly proven: readonly ManageRoute[];
  readonly onClose: () => void;
};

const ROUTES = ['emailSegment', 'emailMembers', 'reinvite'] as const;
type MailRoute = (typeof ROUTES)[number];

/**
 * Has Shorter Loop send an e-mail to a segment's members or to some of them, or invite some again;
 * says to how many.
 */
export function MailDialog({ segment, segments, proven, onClose }: MailDialogProps) {
  const id = useId();
  const [route, setRoute] = useState<MailRoute>('emailSegment');
  const [subject, setSubject] = useState('');
  const [message, setMessage] = useState('');
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [error, setError] = useState<string | null>(null);
  const [load] = useState(() => () => invoke('admin.provingGround', { segmentId: segment.id }));
  const { state } = useLoaded<ProvingGround>(load);
  const trial = useTrial(proven.includes(route));
  const people = route === 'emailSegment' ? segment.members : chosen.length;
  const isMail = route !== 'reinvite';

  const submit = async () => {
    const isTextMissing = isMail && (subject.trim() === '' || message.trim() === '');
    const wrong = isTextMissing
      ? t('admin.segments.mailRequired')
      : people === 0
        ? t('admin.segments.someRequired')
        : null;
    setError(wrong);
    if (!trial.check() || wrong !== null) return;
    await segments.send(
      [[callOf(route, segment.id, chosen, { subject: subject.trim(), message: message.trim() }), people]],
      !trial.isProven,
    );
    onClose();
  };

  return (
    <DialogForm
      title={t('admin.segments.mailOf', { segment: segment.name })}
      submit={isMail ? t('admin.segments.send', { count: people }) : t('admin.segments.inviteAgain', { count: people })}
      isDanger
      isBusy={segments.isBusy}
      onSubmit={() => void submit()}
      onCancel={onClose}
    >
      <SelectField
        label={t('admin.segments.to')}
        value={route}
        values={ROUTES}
        textOf={(one) => textOf(one, segment.members)}
        isDisabled={segments.isBusy}
        onChange={setRoute}
      />
      {route !== 'emailSegment' && state.phase === 'open' && (
        <fieldset className="rule segments-members">
          <legend>{t('admin.segments.members')}</legend>
          {state.value.members.map((member) => (
            <label key={member.id} className="check-line">
              <input
                type="checkbox"
                checked={chosen.includes(member.id)}
                disabled={segments.isBusy}
                onChange={(event) =>
                  setChosen(
                    event.target.checked ? [...chosen, member.id] : chosen.filter((other) => other !== member.id),
                  )
                }
              />
              <bdi>{memberName(member)}</bdi>
            </label>
          ))}
          {segment.members > PROVING_LIMIT && (
            <p className="subtle small">{t('admin.segments.firstShown', { count: PROVING_LIMIT })}</p>
          )}
        </fieldset>
      )}
      {isMail && (
        <>
          <TextField
            label={t('admin.segments.subject')}
            value={subject}
            isReadOnly={segments.isBusy}
            onChange={setSubject}
          />
          <div className="field">
            <label htmlFor={`${id}-message`}>{t('admin.segments.message')}</label>
            <textarea
              id={`${id}-message`}
              className="input segments-text"
              rows={5}
              value={message}
              readOnly={segments.isBusy}
              onChange={(event) => setMessage(event.target.value)}
            />
          </div>
        </>
      )}
      {error !== null && <p className="field-error">{error}</p>}
      <Trial trial={trial} isDisabled={segments.isBusy} />
    </DialogForm>
  );
}

function textOf(route: MailRoute, members: number): string {
  switch (route) {
    case 'emailSegment':
      return t('admin.segments.toAll', { count: members });
    case 'emailMembers':
      return t('admin.segments.toSome');
    case 'reinvite':
      return t('admin.segments.reinvite');
  }
}

function callOf(
  route: MailRoute,
  segmentId: number,
  memberIds: readonly number[],
  mail: { readonly subject: string; readonly message: string },
): ManageCall {
  switch (route) {
    case 'emailSegment':
      return { route, segmentId, ...mail };
    case 'emailMembers':
      return { route, memberIds, ...mail };
    case 'reinvite':
      return { route, memberIds };
  }
}
