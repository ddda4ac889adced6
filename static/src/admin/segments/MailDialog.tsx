import { useState } from 'react';
import { PROVING_LIMIT, type ManageCall, type ManageRoute, type ProvingGround } from '@contract';
import { t } from '../../i18n';
import { SelectField } from '../../shared/SelectField';
import { useLoaded } from '../../shared/useLoaded';
import { invoke } from '../api';
import { DialogForm } from './DialogForm';
import { MailText, type Mail } from './MailText';
import { MemberChoice } from './MemberChoice';
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
  const [route, setRoute] = useState<MailRoute>('emailSegment');
  const [mail, setMail] = useState<Mail>({ subject: '', message: '' });
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [error, setError] = useState<string | null>(null);
  const [load] = useState(() => () => invoke('admin.provingGround', { segmentId: segment.id }));
  const { state } = useLoaded<ProvingGround>(load);
  const trial = useTrial(proven.includes(route));
  const people = route === 'emailSegment' ? segment.members : chosen.length;
  const isMail = route !== 'reinvite';

  const submit = async () => {
    const sent = { subject: mail.subject.trim(), message: mail.message.trim() };
    const wrong = errorOf(isMail ? sent : null, people);
    setError(wrong);
    if (!trial.check() || wrong !== null) return;
    await segments.send([[callOf(route, segment.id, chosen, sent), people]], !trial.isProven);
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
        <MemberChoice
          members={state.value.members}
          chosen={chosen}
          isTruncated={segment.members > PROVING_LIMIT}
          isDisabled={segments.isBusy}
          onChange={setChosen}
        />
      )}
      {isMail && <MailText mail={mail} isReadOnly={segments.isBusy} onChange={setMail} />}
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

/** @param mail to send, as trimmed; null when none is */
function errorOf(mail: Mail | null, people: number): string | null {
  if (mail !== null && (mail.subject === '' || mail.message === '')) return t('admin.segments.mailRequired');
  return people === 0 ? t('admin.segments.someRequired') : null;
}

function callOf(route: MailRoute, segmentId: number, memberIds: readonly number[], mail: Mail): ManageCall {
  switch (route) {
    case 'emailSegment':
      return { route, segmentId, ...mail };
    case 'emailMembers':
      return { route, memberIds, ...mail };
    case 'reinvite':
      return { route, memberIds };
  }
}
