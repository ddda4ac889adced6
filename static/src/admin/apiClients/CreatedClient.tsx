import type { CreatedApiClient } from '@contract';
import { Message } from '../../shared/Message';
import { t } from '../../i18n';
import { Copyable } from '../Copyable';
import { curlExample } from './curlExample';

/** An API client that was just made: its secret is shown this once, with an example to copy. */
export function CreatedClient({ created }: { readonly created: CreatedApiClient }) {
  const header = `${created.id}.${created.secret}`;
  return (
    <div role="status">
      <Message tone="success" title={t('admin.apiClients.createdTitle')}>
        <p>{t('admin.apiClients.createdExplain')}</p>
        <Copyable
          label={t('admin.apiClients.address')}
          copy={t('admin.apiClients.copyAddress')}
          value={created.view.url}
        />
        <Copyable label={t('admin.apiClients.header')} copy={t('admin.apiClients.copyHeader')} value={header} />
        <Copyable
          label={t('admin.apiClients.example')}
          copy={t('admin.apiClients.copyExample')}
          value={curlExample(created.view.url, header)}
          isLong
        />
      </Message>
    </div>
  );
}
