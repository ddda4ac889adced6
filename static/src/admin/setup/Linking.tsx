import { useState } from 'react';
import type { IdentityQuestion, SyncView } from '@contract';
import { Message } from '../../shared/Message';
import { ProblemMessage } from '../../shared/ProblemMessage';
import { Section } from '../../shared/Section';
import { useLoaded } from '../../shared/useLoaded';
import { t } from '../../i18n';
import { invoke } from '../api';
import { AutomaticSwitch } from '../people/AutomaticSwitch';
import { CustomerDomains } from '../people/CustomerDomains';
import { phaseText } from '../people/sync/phaseText';
import { useSync } from '../people/sync/useSync';
import { TrustForm } from '../people/TrustForm';
import '../people/people.css';

const loadSync = () => invoke('admin.sync');
const loadQuestion = () => invoke('admin.identityQuestion');

/**
 * Says once the connection works that people are linked by themselves, with the switch, and asks once of which portal
 * customers the address counts. Nothing waits for an answer: until then it counts of none.
 */
export function Linking() {
  const { state, keep } = useLoaded<SyncView>(loadSync);
  // What could not be read is on the People tab, which says why.
  if (state.phase !== 'open') return null;
  return <Links view={state.value} keep={keep} />;
}

function Links({ view, keep }: { readonly view: SyncView; readonly keep: (view: SyncView) => void }) {
  const desk = useSync(view, keep);
  return (
    <Section title={t('admin.setup.linking.title')}>
      <p>{t('admin.setup.linking.what')}</p>
      <AutomaticSwitch isOn={desk.isAutomatic} isBusy={desk.isBusy} onChange={desk.setAutomatic} />
      {desk.problem !== null && (
        <div role="alert">
          <ProblemMessage problem={desk.problem} isBusy={desk.isBusy} onRetry={desk.look} onReload={desk.look} />
        </div>
      )}
      <p role="status" className="subtle small">
        {phaseText(view.progress, view.isAutomatic)}
      </p>
      <CustomersQuestion view={view} />
    </Section>
  );
}

function CustomersQuestion({ view }: { readonly view: SyncView }) {
  const { state, keep } = useLoaded<IdentityQuestion>(loadQuestion);
  const [isAnswered, setAnswered] = useState(false);
  if (state.phase !== 'open') return null;
  if (isAnswered)
    return (
      <div role="status">
        <Message tone="success" title={t('admin.setup.linking.answered')} />
      </div>
    );
  // Where all are read and no customer has a member's address there is nothing to ask.
  const isMoot = view.progress.phase === 'done' && view.customerDomains === null;
  if (!state.value.isOpen || isMoot) return null;
  return (
    <>
      <h3 className="people-card-title">{t('admin.setup.linking.customers')}</h3>
      <p>{t('admin.setup.linking.customersWhat')}</p>
      <CustomerDomains view={view} />
      <TrustForm
        settings={state.value.settings}
        onSaved={(settings) => {
          keep({ isOpen: false, settings });
          setAnswered(true);
        }}
      />
    </>
  );
}
