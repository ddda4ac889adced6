import {
  isHeaderToken,
  isInitiativeId,
  MAX_KEY_LENGTH,
  type ConnectionDefaults,
  type ConnectionView,
  type SaveInput,
} from '@contract';
import { list, t } from '../../i18n';

/** The form as typed: every field as text. */
export type FormValues = { readonly apiOrigin: string; readonly key: string; readonly initiativeId: string };

/** A field that can be wrong, by the name that the app's own check gives it. */
export type FieldName = 'settings.apiOrigin' | 'key' | 'settings.initiativeId';

const FIELD_NAMES: readonly FieldName[] = ['settings.apiOrigin', 'key', 'settings.initiativeId'];

/** The form's field with this name, or null when it has none. */
export function fieldNamed(name: string): FieldName | null {
  return FIELD_NAMES.find((field) => field === name) ?? null;
}

/** What is wrong, by field. */
export type FieldErrors = Partial<Record<FieldName, string>>;

/**
 * The form for what is stored, or for a first visit. The key field is always empty: no key is ever
 * sent to a browser.
 */
export function formOf({ settings, defaults }: ConnectionView): FormValues {
  return {
    apiOrigin: (settings ?? defaults).apiOrigin,
    key: '',
    initiativeId: settings === null ? '' : String(settings.initiativeId),
  };
}

/** Whether two forms would save the same. */
export function isSame(a: FormValues, b: FormValues): boolean {
  return a.apiOrigin === b.apiOrigin && a.key === b.key && a.initiativeId === b.initiativeId;
}

/**
 * What {@link SaveInput} the form stands for: how Shorter Loop answers stays as it is known. Only right for a form
 * without {@link findErrors}.
 */
export function toInput(form: FormValues, { settings, defaults }: ConnectionView): SaveInput {
  const key = form.key.trim();
  return {
    settings: {
      apiOrigin: new URL(form.apiOrigin.trim()).origin,
      initiativeId: Number(form.initiativeId.trim()),
      profile: (settings ?? defaults).profile,
    },
    key: key === '' ? null : key,
  };
}

/** Everything in the form that the app would refuse, so that it is told before anything is sent. */
export function findErrors(
  form: FormValues,
  { keyStoredAtMs, defaults }: Pick<ConnectionView, 'keyStoredAtMs' | 'defaults'>,
): FieldErrors {
  const errors: FieldErrors = {};
  const origin = originError(form.apiOrigin.trim(), defaults);
  if (origin !== null) errors['settings.apiOrigin'] = origin;
  const key = form.key.trim();
  if (key === '' && keyStoredAtMs === null) errors.key = t('admin.connection.invalid.keyRequired');
  if (key !== '' && !isHeaderToken(key, MAX_KEY_LENGTH)) errors.key = t('admin.connection.invalid.keyForm');
  if (!/^\d+$/.test(form.initiativeId.trim()) || !isInitiativeId(Number(form.initiativeId)))
    errors['settings.initiativeId'] = t('admin.connection.invalid.initiativeId');
  return errors;
}

function originError(text: string, { allowedHosts }: ConnectionDefaults): string | null {
  if (!URL.canParse(text)) return t('admin.connection.invalid.originRequired');
  const url = new URL(text);
  if (url.protocol !== 'https:') return t('admin.connection.invalid.originHttps');
  if (url.origin !== text.replace(/\/$/, '').toLowerCase()) return t('admin.connection.invalid.originBare');
  return allowedHosts.some((allowed) => isHost(url.host, allowed))
    ? null
    : t('admin.connection.invalid.originHost', { hosts: list(allowedHosts, 'or') });
}

/** `*.example.com` stands for every host below example.com, but not for example.com itself, as in Forge's manifest. */
function isHost(host: string, allowed: string): boolean {
  return allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) : host === allowed;
}
