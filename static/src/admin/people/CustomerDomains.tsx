import type { SyncView } from '@contract';
import { number, t } from '../../i18n';

type CustomerDomainsProps = { readonly view: Pick<SyncView, 'customerDomains' | 'progress'> };

/** How many portal customers have an address that a member has, by domain: what trusting them would link. */
export function CustomerDomains({ view: { customerDomains: domains, progress } }: CustomerDomainsProps) {
  if (domains === null || domains.length === 0)
    return (
      <p className="subtle small">
        {t(progress.phase === 'done' ? 'admin.people.identity.noCustomers' : 'admin.people.identity.notCounted')}
      </p>
    );
  const customers = domains.reduce((sum, one) => sum + one.customers, 0);
  return (
    <details>
      <summary>{t('admin.people.identity.counted', { count: customers, domains: domains.length })}</summary>
      <div className="people-scroll" role="group" tabIndex={0} aria-label={t('admin.people.identity.byDomain')}>
        <table className="people-table">
          <caption className="visually-hidden">{t('admin.people.identity.byDomain')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('admin.people.identity.domain')}</th>
              <th scope="col" className="people-number">
                {t('admin.people.identity.customerCount')}
              </th>
            </tr>
          </thead>
          <tbody>
            {domains.map((one) => (
              <tr key={one.domain}>
                <th scope="row">
                  <bdi>{one.domain}</bdi>
                </th>
                <td className="people-number">{number(one.customers)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
