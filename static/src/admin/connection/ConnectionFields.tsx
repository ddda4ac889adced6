import Heading from '@atlaskit/heading';
import type { ConnectionView } from '@contract';
import { list, t } from '../../i18n';
import { TextField } from '../../shared/TextField';
import { dateText } from '../../shared/timeText';
import type { FieldErrors, FormValues } from './form';

type ConnectionFieldsProps = {
  readonly view: ConnectionView;
  readonly form: FormValues;
  readonly errors: FieldErrors;
  readonly isBusy: boolean;
  readonly onChange: (changed: Partial<FormValues>) => void;
};

/** Where Shorter Loop is, the key to it, and the initiative. */
export function ConnectionFields({ view, form, errors, isBusy, onChange }: ConnectionFieldsProps) {
  return (
    <section className="group">
      <Heading as="h2" size="small">
        {t('admin.connection.title')}
      </Heading>
      <TextField
        label={t('admin.connection.apiOrigin')}
        value={form.apiOrigin}
        hint={t('admin.connection.apiOriginHint', { hosts: list(view.defaults.allowedHosts, 'or') })}
        error={errors['settings.apiOrigin']}
        inputMode="url"
        isRequired
        isReadOnly={isBusy}
        onChange={(apiOrigin) => onChange({ apiOrigin })}
      />
      <TextField
        label={t('admin.connection.key')}
        value={form.key}
        hint={
          view.keyStoredAtMs === null
            ? t('admin.connection.keyNotStored')
            : t('admin.connection.keyStored', { date: dateText(view.keyStoredAtMs) })
        }
        error={errors.key}
        type="password"
        isRequired={view.keyStoredAtMs === null}
        isReadOnly={isBusy}
        onChange={(key) => onChange({ key })}
      />
      <TextField
        label={t('admin.connection.initiativeId')}
        value={form.initiativeId}
        hint={t('admin.connection.initiativeIdHint')}
        error={errors['settings.initiativeId']}
        inputMode="numeric"
        isRequired
        isShort
        isReadOnly={isBusy}
        onChange={(initiativeId) => onChange({ initiativeId })}
      />
    </section>
  );
}
