import { useId } from 'react';
import { t } from '../../i18n';
import { TextField } from '../../shared/TextField';

/** An e-mail as typed. */
export type Mail = { readonly subject: string; readonly message: string };

type MailTextProps = {
  readonly mail: Mail;
  readonly isReadOnly: boolean;
  readonly onChange: (mail: Mail) => void;
};

/** The subject and the text of an e-mail. */
export function MailText({ mail, isReadOnly, onChange }: MailTextProps) {
  const id = useId();
  return (
    <>
      <TextField
        label={t('admin.segments.subject')}
        value={mail.subject}
        isReadOnly={isReadOnly}
        onChange={(subject) => onChange({ ...mail, subject })}
      />
      <div className="field">
        <label htmlFor={`${id}-message`}>{t('admin.segments.message')}</label>
        <textarea
          id={`${id}-message`}
          className="input segments-text"
          rows={5}
          value={mail.message}
          readOnly={isReadOnly}
          onChange={(event) => onChange({ ...mail, message: event.target.value })}
        />
      </div>
    </>
  );
}
