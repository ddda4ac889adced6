import { useId } from 'react';
import { locale, t } from '../../i18n';
import { readText, type Decoded } from '../../shared/table';

/** A file as it was read. */
export type ReadFile = Decoded & { readonly name: string };

type PeopleFileProps = {
  readonly isDisabled: boolean;
  /** Takes what was read; null when no file is chosen. */
  readonly onChange: (file: ReadFile | null) => void;
};

/** A file of people. */
export function PeopleFile({ isDisabled, onChange }: PeopleFileProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={`${id}-file`}>{t('admin.segments.file')}</label>
      <input
        id={`${id}-file`}
        type="file"
        accept=".csv,.tsv,.txt,.json,text/csv,text/plain,application/json"
        disabled={isDisabled}
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          if (chosen === undefined) onChange(null);
          else void readText(chosen, locale()).then((read) => onChange({ ...read, name: chosen.name }));
        }}
      />
      <p className="subtle small">{t('admin.segments.fileHint')}</p>
    </div>
  );
}
