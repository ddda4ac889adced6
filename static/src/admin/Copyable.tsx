import Button from '@atlaskit/button/new';
import { useId, useState } from 'react';
import { t } from '../i18n';

type CopyableProps = {
  readonly label: string;
  /** What the button says. */
  readonly copy: string;
  readonly value: string;
  readonly isLong?: boolean;
};

/** A value to take elsewhere: selected by a click, copied by a button. */
export function Copyable({ label, copy, value, isLong = false }: CopyableProps) {
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
