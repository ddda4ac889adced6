import Button from '@atlaskit/button/new';
import { useId, useState } from 'react';
import type { CreatedHook } from '../../../../src/contract';
import { Message } from '../../shared/Message';
import { texts } from '../../texts';
import { curlExample } from './curlExample';

/** A caller that was just made: its secret is shown this once, with an example to copy. */
export function CreatedCaller({ created }: { readonly created: CreatedHook }) {
  const words = texts.admin.hooks;
  const header = `${created.id}.${created.secret}`;
  return (
    <div role="status">
      <Message tone="success" title={words.createdTitle}>
        <p>{words.createdExplain}</p>
        <Copyable label={words.address} value={created.view.url} />
        <Copyable label={words.header} value={header} />
        <Copyable label={words.example} value={curlExample(created.view.url, header)} isLong />
      </Message>
    </div>
  );
}

function Copyable({ label, value, isLong = false }: { readonly label: string; readonly value: string; readonly isLong?: boolean }) {
  const words = texts.admin.hooks;
  const id = useId();
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
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
      <textarea id={id} className="input code" readOnly rows={isLong ? 5 : 2} value={value} onFocus={(event) => event.target.select()} />
      <div>
        <Button spacing="compact" onClick={() => void copy()}>
          {isCopied ? words.copied : words.copy(label)}
        </Button>
      </div>
    </div>
  );
}
