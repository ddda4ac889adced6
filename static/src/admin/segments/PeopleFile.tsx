import { useId } from 'react';
import { t } from '../../i18n';
import { parseFile, type ParsedPeople } from './people';

type PeopleFileProps = {
  readonly isDisabled: boolean;
  /** Takes what was read; null when no file is chosen. */
  readonly onChange: (file: ParsedPeople | null) => void;
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
        accept=".csv,.json,text/csv,application/json"
        disabled={isDisabled}
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          if (chosen === undefined) onChange(null);
          else void chosen.text().then((content) => onChange(parseFile(chosen.name, content)));
        }}
      />
      <p className="subtle small">{t('admin.segments.fileHint')}</p>
    </div>
  );
}
