import { useId } from 'react';
import { t } from '../../../i18n';

type FileFieldProps = {
  readonly isDisabled: boolean;
  readonly onChoose: (file: File) => void;
};

/** The file that links are read from. */
export function FileField({ isDisabled, onChoose }: FileFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{t('admin.people.csv.file')}</label>
      <input
        id={id}
        className="people-file"
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        disabled={isDisabled}
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file !== undefined) onChoose(file);
          // So that the same file can be chosen again after it was corrected.
          event.target.value = '';
        }}
      />
      <p id={`${id}-hint`} className="subtle small">
        {t('admin.people.csv.fileHint')}
      </p>
    </div>
  );
}
