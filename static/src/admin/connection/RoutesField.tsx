import { useState } from 'react';
import { MANAGE_ROUTES, type ConnectionView } from '@contract';
import { t } from '../../i18n';
import { ROUTES, type FieldErrors, type FormValues } from './form';
import { TextField } from '../../shared/TextField';

type RoutesFieldProps = {
  readonly form: FormValues;
  readonly errors: FieldErrors;
  readonly view: ConnectionView;
  readonly isReadOnly: boolean;
  readonly onChange: (changed: Partial<Pick<FormValues, 'routes' | 'manageRoutes'>>) => void;
};

/** The paths that an admin can override; folded away until one is, or is wrong. */
export function RoutesField({ form, errors, view, isReadOnly, onChange }: RoutesFieldProps) {
  const [isOpen, setOpen] = useState(() => Object.keys(form.manageRoutes).length > 0);
  const hasError = Object.keys(errors).some(
    (field) => field.startsWith('settings.profile.reads.') || field.startsWith('settings.profile.manage.'),
  );
  return (
    <details className="advanced" open={isOpen || hasError} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('admin.connection.advanced')}</summary>
      <div className="group">
        <p className="subtle small">{t('admin.connection.advancedHint')}</p>
        {ROUTES.map((route) => (
          <TextField
            key={route}
            label={t(`admin.connection.routes.${route}`)}
            value={form.routes[route]}
            error={errors[`settings.profile.reads.${route}.path`]}
            isReadOnly={isReadOnly}
            onChange={(path) => onChange({ routes: { ...form.routes, [route]: path } })}
          />
        ))}
        {MANAGE_ROUTES.map((route) => (
          <TextField
            key={route}
            label={t(`problems.featureOff.features.${route}`)}
            value={form.manageRoutes[route] ?? ''}
            placeholder={view.defaults.assumedManage[route]}
            error={errors[`settings.profile.manage.${route}`]}
            isReadOnly={isReadOnly}
            onChange={(path) => onChange({ manageRoutes: { ...form.manageRoutes, [route]: path } })}
          />
        ))}
      </div>
    </details>
  );
}
