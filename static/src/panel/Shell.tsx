import Spinner from '@atlaskit/spinner';
import { t } from '../i18n';

/** What stands before there is data: the panel's outline, so that nothing jumps when it arrives. */
export function Shell() {
  return (
    <div className="shell">
      <p className="visually-hidden" role="status">
        {t('panel.loading')}
      </p>
      <dl className="fields" aria-hidden="true">
        <dt>{t('panel.reporter')}</dt>
        <dd>
          <span className="bone" />
        </dd>
        <dt>{t('panel.member')}</dt>
        <dd>
          <span className="bone" />
        </dd>
      </dl>
      <div className="section" aria-hidden="true">
        <p className="section-title">{t('panel.segments')}</p>
        <div className="rows shell-rows">
          <Spinner size="small" />
        </div>
      </div>
    </div>
  );
}
