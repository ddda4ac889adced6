import Heading from '@atlaskit/heading';
import { t } from '../../../i18n';
import { ExportLinks } from './ExportLinks';
import { ImportLinks } from './ImportLinks';

/** Links in and out, as CSV. */
export function CsvSection({ onChange }: { readonly onChange: () => void }) {
  return (
    <section className="people-section">
      <Heading as="h2" size="small">
        {t('admin.people.csv.title')}
      </Heading>
      <p>{t('admin.people.csv.intro')}</p>
      <ExportLinks />
      <ImportLinks onChange={onChange} />
    </section>
  );
}
