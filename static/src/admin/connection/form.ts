import {
  checkPathTemplate,
  isHeaderToken,
  isInitiativeId,
  MANAGE_ROUTES,
  MAX_KEY_LENGTH,
  MAX_SCHEME_LENGTH,
  type ConnectionDefaults,
  type ConnectionSettings,
  type ConnectionView,
  type ManageRoute,
  type ManageRouteOverrides,
  type OverridableRoute,
  type SaveInput,
} from '@contract';
import { list, t } from '../../i18n';

/** The form as typed: every field as text. */
export type FormValues = Pick<
  ConnectionSettings,
  'apiOrigin' | 'authScheme' | 'moveDialect' | 'removeDialect' | 'readPlan' | 'canAdd'
> & {
  readonly key: string;
  readonly initiativeId: string;
  readonly routes: Readonly<Record<OverridableRoute, string>>;
  readonly manageRoutes: Readonly<ManageRouteOverrides>;
};

/** A field that can be wrong, by the name that the app's own check gives it. */
export type FieldName =
  | 'settings.apiOrigin'
  | 'key'
  | 'settings.initiativeId'
  | 'settings.authScheme'
  | `settings.routes.${OverridableRoute}`
  | `settings.manageRoutes.${ManageRoute}`;

const FIELD_NAMES: readonly FieldName[] = [
  'settings.apiOrigin',
  'key',
  'settings.initiativeId',
  'settings.authScheme',
  'settings.routes.listSegments',
  'settings.routes.segmentsWithMembers',
  'settings.routes.segmentWithMembers',
  ...MANAGE_ROUTES.map((route) => `settings.manageRoutes.${route}` as const),
];

/** The form's field with this name, or null when it has none. */
export function fieldNamed(name: string): FieldName | null {
  return FIELD_NAMES.find((field) => field === name) ?? null;
}

/** What is wrong, by field. */
export type FieldErrors = Partial<Record<FieldName, string>>;

/** The routes in the order in which the form shows them. */
export const ROUTES: readonly OverridableRoute[] = ['listSegments', 'segmentsWithMembers', 'segmentWithMembers'];

/**
 * The form for what is stored, or for a first visit. The key field is always empty: no key is ever
 * sent to a browser.
 */
export function formOf({ settings, defaults }: ConnectionView): FormValues {
  const from = settings ?? defaults;
  const { listSegments = '', segmentWithMembers = '', segmentsWithMembers = '' } = from.routes;
  return {
    apiOrigin: from.apiOrigin,
    key: '',
    initiativeId: settings === null ? '' : String(settings.initiativeId),
    authScheme: from.authScheme,
    moveDialect: from.moveDialect,
    removeDialect: from.removeDialect,
    readPlan: from.readPlan,
    canAdd: from.canAdd,
    routes: { listSegments, segmentWithMembers, segmentsWithMembers },
    manageRoutes: from.manageRoutes ?? {},
  };
}

/** Whether two forms would save the same. */
export function isSame(a: FormValues, b: FormValues): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What {@link SaveInput} the form stands for. Only right for a form without {@link findErrors}. */
export function toInput(form: FormValues): SaveInput {
  const { apiOrigin, authScheme, moveDialect, removeDialect, readPlan, canAdd } = form;
  const key = form.key.trim();
  const settings = {
    apiOrigin: new URL(apiOrigin.trim()).origin,
    initiativeId: Number(form.initiativeId.trim()),
    authScheme: authScheme.trim(),
  };
  const overridden = ROUTES.map((route) => [route, form.routes[route].trim()] as const).filter(
    ([, path]) => path !== '',
  );
  return {
    settings: {
      ...settings,
      moveDialect,
      removeDialect,
      readPlan,
      canAdd,
      routes: Object.fromEntries(overridden),
      ...managed(form),
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
  if (!isHeaderToken(form.authScheme.trim(), MAX_SCHEME_LENGTH))
    errors['settings.authScheme'] = t('admin.connection.invalid.authScheme');
  for (const route of ROUTES) {
    const wrong = routeError(form.routes[route].trim(), defaults.assumedRoutes[route]);
    if (wrong !== null) errors[`settings.routes.${route}`] = wrong;
  }
  for (const route of MANAGE_ROUTES) {
    const wrong = routeError((form.manageRoutes[route] ?? '').trim(), defaults.assumedRoutes[route]);
    if (wrong !== null) errors[`settings.manageRoutes.${route}`] = wrong;
  }
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

/** The paths of the calls that manage, none when none is overridden. */
function managed({ manageRoutes }: FormValues): Pick<ConnectionSettings, 'manageRoutes'> {
  const overridden = MANAGE_ROUTES.map((route) => [route, (manageRoutes[route] ?? '').trim()] as const).filter(
    ([, path]) => path !== '',
  );
  return overridden.length === 0 ? {} : { manageRoutes: Object.fromEntries(overridden) };
}

function routeError(path: string, assumed: string): string | null {
  if (path === '') return null;
  const wrong = checkPathTemplate(assumed, path);
  if (wrong === null) return null;
  return t(wrong.code === 'idMissing' ? 'admin.connection.invalid.routeId' : 'admin.connection.invalid.route');
}
