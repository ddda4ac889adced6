import Heading from '@atlaskit/heading';
import type { IdentitySettings, SyncView } from '@contract';
import { Loaded } from '../../shared/Loaded';
import { useLoaded } from '../../shared/useLoaded';
import { t } from '../../i18n';
import { invoke } from '../api';
import { CustomerDomains } from './CustomerDomains';
import { TrustForm } from './TrustForm';

const load = () => invoke('admin.identity');

type IdentitySectionProps = { readonly view: SyncView };

/** Whose e-mail address is taken for who they are. */
export function IdentitySection({ view }: IdentitySectionProps) {
  const { state, reload, keep } = useLoaded<IdentitySettings>(load);
  return (
    <section className="people-section" aria-label={t('admin.people.identity.title')}>
      <Heading as="h2" size="small">
        {t('admin.people.identity.title')}
      </Heading>
      <p>{t('admin.people.identity.intro')}</p>
      <CustomerDomains view={view} />
      <Loaded state={state} label={t('admin.people.identity.loading')} onReload={reload}>
        {(settings) => <TrustForm settings={settings} onSaved={keep} />}
      </Loaded>
    </section>
  );
}
