import Button from '@atlaskit/button/new';
import { useId, useState } from 'react';
import type { CreatedApiClient } from '@contract';
import { Message } from '../../shared/Message';
import { t } from '../../i18n';
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

type CopyableProps = {
  readonly label: string;
  /** What the button says. */
  readonly copy: string;
  readonly value: string;
  readonly isLong?: boolean;
};

function Copyable({ label, copy, value, isLong = false }: CopyableProps) {
  const id = useId();
  const [isCopied, setIsCopied] = useState(false);
  const copyValue = async () => {
    // A frame may not be allowed to: the text is selected then, ready for the keyboard.
    await navigator.clipboard.writeText(value).then(
      () => setIsCopied(true),
      () => {
        const field = document.getElementById(id);
        if (field instanceof HTMLTextAreaElement) field.select();
      },
    );
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className="input code"
        readOnly
        rows={isLong ? 5 : 2}
        value={value}
        onFocus={(event) => event.target.select()}
      />
      <div>
        <Button spacing="compact" onClick={() => void copyValue()}>
          {isCopied ? t('admin.apiClients.copied') : copy}
        </Button>
      </div>
    </div>
  );
}
