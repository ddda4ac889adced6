import Button from '@atlaskit/button/new';
import { useId, useRef, useState } from 'react';
import { supportReport, type CheckReport } from '@contract';
import { t } from '../../../i18n';

/** The report as a text to hand on, without anything of the site in it. */
export function SupportReport({ report }: { readonly report: CheckReport }) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [copied, setCopied] = useState<CheckReport | null>(null);
  const text = supportReport(report);
  const copy = async () => {
    // A frame may not be allowed to: the text is selected then, ready for the keyboard.
    await navigator.clipboard.writeText(text).then(
      () => setCopied(report),
      () => field.current?.select(),
    );
  };
  return (
    <details className="advanced">
      <summary>{t('admin.connection.check.support.title')}</summary>
      <div className="field">
        <label htmlFor={id}>{t('admin.connection.check.support.hint')}</label>
        <textarea ref={field} id={id} className="input code" readOnly rows={10} value={text} />
        <div>
          <Button spacing="compact" onClick={() => void copy()}>
            {copied === report ? t('admin.connection.check.support.copied') : t('admin.connection.check.support.copy')}
          </Button>
        </div>
      </div>
    </details>
  );
}
