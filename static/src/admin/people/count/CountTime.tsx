import type { ScanView } from '@contract';
import { t } from '../../../i18n';
import { Time } from '../../../shared/Time';

type CountTimeProps = { readonly scan: ScanView };

/** When the last count ended, or that it has not. */
export function CountTime({ scan }: CountTimeProps) {
  return (
    <p className="subtle small">
      {scan.finishedAtMs === null
        ? t('admin.people.count.unfinished')
        : t('admin.people.count.finished', { issues: scan.issues })}{' '}
      <Time atMs={scan.finishedAtMs ?? scan.startedAtMs} />
    </p>
  );
}
