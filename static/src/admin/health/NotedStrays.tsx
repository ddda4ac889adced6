import Button from '@atlaskit/button/new';
import { useId } from 'react';
import type { StrayNote } from '@contract';
import { Section } from '../../shared/Section';
import { Time } from '../../shared/Time';
import { t } from '../../i18n';
import { WhoWasChanged } from '../stops';
import type { ChangeActions } from './useHealth';

type NotedStraysProps = { readonly strays: readonly StrayNote[]; readonly actions: ChangeActions };

/** The latest writes beside which others were changed though their kind goes on: who it was, and putting them back. */
export function NotedStrays({ strays, actions }: NotedStraysProps) {
  if (strays.length === 0) return null;
  return (
    <Section title={t('admin.health.strays.title')}>
      <p>{t('admin.health.strays.intro')}</p>
      <ul className="callers" aria-label={t('admin.health.strays.title')}>
        {strays.map((note) => (
          <NotedStray key={note.operationId} note={note} actions={actions} />
        ))}
      </ul>
    </Section>
  );
}

function NotedStray({ note, actions }: { readonly note: StrayNote; readonly actions: ChangeActions }) {
  const id = useId();
  const { kind, operationId, atMs, count } = note;
  return (
    <li className="caller">
      <div className="grow">
        <p className="name">{t(`problems.writeKinds.${kind}`)}</p>
        <p className="subtle small" id={id}>
          {t('admin.health.stops.changed', { count })}
          {t('common.separator')}
          <Time atMs={atMs} />
        </p>
        <WhoWasChanged operationId={operationId} />
      </div>
      <Button
        appearance="subtle"
        spacing="compact"
        aria-describedby={id}
        isLoading={actions.running === operationId}
        isDisabled={actions.running !== null && actions.running !== operationId}
        onClick={() => actions.dismissStrays(operationId)}
      >
        {t('admin.health.failed.dismiss')}
      </Button>
    </li>
  );
}
