import type { ConnectionView } from '@contract';
import type { FieldErrors, FormValues } from './form';

/** What each group of the settings' fields is given. */
export type SettingsFieldsProps = {
  readonly view: ConnectionView;
  readonly form: FormValues;
  readonly errors: FieldErrors;
  readonly isBusy: boolean;
  readonly onChange: (changed: Partial<FormValues>) => void;
};
