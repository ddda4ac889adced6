import type { FieldSettings, FieldView } from '../field';
import type { Result } from '../result';

/** The functions with which an admin chooses what the field *Reporter segments* shows. */
export type FieldDefinitions = {
  'admin.field': () => Result<FieldView>;
  'admin.saveField': (input: FieldSettings) => Result<FieldView>;
};
