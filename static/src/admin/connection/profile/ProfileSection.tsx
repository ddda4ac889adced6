import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { ConnectionView, Evidence, SiteProfile } from '@contract';
import { t } from '../../../i18n';
import { useActorNames, type ActorNames } from '../../../shared/actorNames';
import { timeText } from '../../../shared/timeText';
import { PartEditor } from './PartEditor';
import { isReadCall, isWriteKind, PARTS, partText, type Part } from './parts';
import { readWords } from './profileText';
import type { ProfileEdit } from './useProfileEdit';

type ProfileSectionProps = {
  readonly view: ConnectionView;
  readonly edit: ProfileEdit;
  readonly isBusy: boolean;
  readonly onSave: () => void;
};

/** How this Shorter Loop is asked and answers, part by part with its evidence, and the way to correct it. */
export function ProfileSection({ view, edit, isBusy, onSave }: ProfileSectionProps) {
  const [isOpen, setOpen] = useState(false);
  const profile = view.settings?.profile ?? null;
  const names = useActorNames(profile === null ? [] : choosersOf(profile), null);
  if (profile === null) return null;
  const { editing } = edit;
  return (
    <details
      className="advanced profile"
      open={isOpen || editing !== null}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{t('admin.connection.profile.title')}</summary>
      <p className="subtle small">{t('admin.connection.profile.intro')}</p>
      <ul className="steps" aria-label={t('admin.connection.profile.title')}>
        {PARTS.map((part) => (
          <li key={part} className="step">
            {editing?.part === part ? (
              <PartEditor editing={editing} edit={edit} view={view} isBusy={isBusy} onSave={onSave} />
            ) : (
              <PartRow
                part={part}
                profile={profile}
                names={names}
                isDisabled={isBusy || editing !== null}
                onChange={() => edit.open(part)}
              />
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

type PartRowProps = {
  readonly part: Part;
  readonly profile: SiteProfile;
  readonly names: ActorNames;
  readonly isDisabled: boolean;
  readonly onChange: () => void;
};

function PartRow({ part, profile, names, isDisabled, onChange }: PartRowProps) {
  const name = t(`admin.connection.profile.parts.${part}`);
  const code = partText(profile, part);
  return (
    <div className="step-line part-line">
      <div className="grow">
        <p className="name">{name}</p>
        {code !== '' && <code className="step-asked">{code}</code>}
        {plainTexts(profile, part).map((text) => (
          <p key={text} className="small">
            {text}
          </p>
        ))}
        {part !== 'manage' && <p className="subtle small">{evidenceText(profile.evidence[part], names)}</p>}
      </div>
      <Button
        spacing="compact"
        isDisabled={isDisabled}
        aria-label={t('admin.connection.profile.changeOf', { part: name })}
        onClick={onChange}
      >
        {t('admin.connection.profile.change')}
      </Button>
    </div>
  );
}

function plainTexts(profile: SiteProfile, part: Part): readonly string[] {
  if (isReadCall(part)) return readWords(profile.reads[part]);
  if (isWriteKind(part)) return [t('admin.connection.profile.body', { users: profile.writes[part].users })];
  switch (part) {
    case 'ids':
      return [t(`admin.connection.profile.ids.${profile.ids}`)];
    case 'readPlan':
      return [t(`admin.connection.profile.readPlans.${profile.readPlan}`)];
    case 'manage':
      return [t('admin.connection.profile.manageCount', { count: Object.keys(profile.manage).length })];
    default:
      return [];
  }
}

function evidenceText(evidence: Evidence, names: ActorNames): string {
  switch (evidence.how) {
    case 'documented':
    case 'assumed':
      return t(`admin.connection.profile.evidence.${evidence.how}`);
    case 'learned':
      return t('admin.connection.profile.evidence.learned', { when: timeText(evidence.atMs, Date.now()) });
    case 'chosen':
      return t('admin.connection.profile.evidence.chosen', {
        by: names(evidence.byAccountId, 'by'),
        when: timeText(evidence.atMs, Date.now()),
      });
  }
}

function choosersOf({ evidence }: SiteProfile): readonly string[] {
  const chosen = Object.values(evidence).flatMap((why) => (why.how === 'chosen' ? [why.byAccountId] : []));
  return [...new Set(chosen)];
}
