import type { FilterForm, WrongField } from './filter';

/** What each group of the filter's fields is given. */
export type FilterFieldsProps = {
  readonly form: FilterForm;
  readonly errorAt: (field: WrongField) => string | undefined;
  readonly change: (changed: Partial<FilterForm>) => void;
};
