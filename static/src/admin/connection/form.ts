import {
  checkPath,
  HOLES,
  isHeaderToken,
  isInitiativeId,
  MANAGE_ROUTES,
  MAX_KEY_LENGTH,
  MAX_SCHEME_LENGTH,
  type ConnectionDefaults,
  type ConnectionSettings,
  type ConnectionView,
  type ManageRoute,
  type PathHole,
  type ReadCall,
  type SaveInput,
  type SiteProfile,
} from '@contract';
import { list, t } from '../../i18n';

/** The form as typed: every field as text. */
export type FormValues = Pick<ConnectionSettings, 'apiOrigin'> & {
  readonly key: string;
  readonly initiativeId: string;
  /** Empty for the bare key. */
  readonly authScheme: string;
  readonly readPlan: SiteProfile['readPlan'];
  readonly routes: Readonly<Record<ReadCall, string>>;
  readonly manageRoutes: SiteProfile['manage'];
};

/** A field that can be wrong, by the name that the app's own check gives it. */
export type FieldName =
  | 'settings.apiOrigin'
  | 'key'
  | 'settings.initiativeId'
  | 'settings.profile.key.scheme'
  | `settings.profile.reads.${ReadCall}.path`
  | `settings.profile.manage.${ManageRoute}`;

const FIELD_NAMES: readonly FieldName[] = [
  'settings.apiOrigin',
  'key',
  'settings.initiativeId',
  'settings.profile.key.scheme',
  'settings.profile.reads.listSegments.path',
  'settings.profile.reads.segmentsWithMembers.path',
  'settings.profile.reads.segmentWithMembers.path',
  ...MANAGE_ROUTES.map((route) => `settings.profile.manage.${route}` as const),
];

/** The form's field with this name, or null when it has none. */
export function fieldNamed(name: string): FieldName | null {
  return FIELD_NAMES.find((field) => field === name) ?? null;
}

/** What is wrong, by field. */
export type FieldErrors = Partial<Record<FieldName, string>>;

/** The routes in the order in which the form shows them. */
export const ROUTES: readonly ReadCall[] = ['listSegments', 'segmentsWithMembers', 'segmentWithMembers'];

/**
 * The form for what is stored, or for a first visit. The key field is always empty: no key is ever
 * sent to a browser.
 */
export function formOf({ settings, defaults }: ConnectionView): FormValues {
  const { apiOrigin, profile } = settings ?? defaults;
  const { listSegments, segmentWithMembers, segmentsWithMembers } = profile.reads;
  return {
    apiOrigin,
    key: '',
    initiativeId: settings === null ? '' : String(settings.initiativeId),
    authScheme: profile.key.scheme ?? '',
    readPlan: profile.readPlan,
    routes: {
      listSegments: listSegments.path,
      segmentWithMembers: segmentWithMembers.path,
      segmentsWithMembers: segmentsWithMembers.path,
    },
    manageRoutes: profile.manage,
  };
}

/** Whether two forms would save the same. */
export function isSame(a: FormValues, b: FormValues): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What {@link SaveInput} the form stands for. Only right for a form without {@link findErrors}. */
export function toInput(form: FormValues, { settings, defaults }: ConnectionView): SaveInput {
  const { profile } = settings ?? defaults;
  const scheme = form.authScheme.trim();
  const key = form.key.trim();
  const read = (call: ReadCall) => ({ ...profile.reads[call], path: form.routes[call].trim() });
  return {
    settings: {
      apiOrigin: new URL(form.apiOrigin.trim()).origin,
      initiativeId: Number(form.initiativeId.trim()),
      profile: {
        ...profile,
        key: { ...profile.key, scheme: scheme === '' ? null : scheme },
        readPlan: form.readPlan,
        reads: {
          listSegments: read('listSegments'),
          segmentWithMembers: read('segmentWithMembers'),
          segmentsWithMembers: read('segmentsWithMembers'),
        },
        manage: managed(form),
      },
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
  const scheme = form.authScheme.trim();
  if (scheme !== '' && !isHeaderToken(scheme, MAX_SCHEME_LENGTH))
    errors['settings.profile.key.scheme'] = t('admin.connection.invalid.authScheme');
  for (const route of ROUTES) {
    const wrong = routeError(form.routes[route].trim(), HOLES[route]);
    if (wrong !== null) errors[`settings.profile.reads.${route}.path`] = wrong;
  }
  for (const route of MANAGE_ROUTES) {
    const wrong = manageError((form.manageRoutes[route] ?? '').trim(), defaults.assumedManage[route]);
    if (wrong !== null) errors[`settings.profile.manage.${route}`] = wrong;
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

/** The paths of the calls that manage, as far as they are overridden. */
function managed({ manageRoutes }: FormValues): SiteProfile['manage'] {
  const overridden = MANAGE_ROUTES.map((route) => [route, (manageRoutes[route] ?? '').trim()] as const).filter(
    ([, path]) => path !== '',
  );
  return Object.fromEntries(overridden);
}

function manageError(path: string, assumed: string): string | null {
  return path === '' ? null : routeError(path, assumed.includes('{id}') ? ['id'] : []);
}

function routeError(path: string, holes: readonly PathHole[]): string | null {
  const wrong = checkPath(path, holes);
  if (wrong === null) return null;
  return t(wrong.code === 'idMissing' ? 'admin.connection.invalid.routeId' : 'admin.connection.invalid.route');
}
