import { useId, useMemo, useState } from 'react';
import { locale, t } from '../i18n';
import { LeftOut } from '../shared/LeftOut';
import { readText } from '../shared/table';
import { some, tableFaultText } from '../shared/tableText';
import { readAccounts } from './form';

type FieldProps = {
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
};

/** A list of account ids, typed, pasted or read from a file; the file itself goes nowhere. */
export function AccountsField({ value, error, onChange }: FieldProps) {
  const id = useId();
  const [isText, setText] = useState(true);
  const read = useMemo(() => readAccounts(value), [value]);
  const choose = async (file: File): Promise<void> => {
    const decoded = await readText(file, locale());
    setText(decoded.kind === 'text');
    if (decoded.kind === 'text') onChange(decoded.text);
  };
  const wrong = isText
    ? read.kind === 'problem'
      ? tableFaultText(read.problem)
      : error
    : t('common.file.fault.notText');
  const count = read.kind === 'ok' ? read.value.ids.length : 0;
  return (
    <div className="field">
      <label htmlFor={id}>{t('bulk.new.accountsLabel')}</label>
      <textarea
        id={id}
        className="input area code"
        rows={4}
        spellCheck={false}
        value={value}
        aria-invalid={wrong !== undefined}
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          setText(true);
          onChange(event.target.value);
        }}
      />
      <p id={`${id}-hint`} className={wrong === undefined ? 'subtle small' : 'field-error'}>
        {wrong ?? t('bulk.new.accountsHint', { count })}
      </p>
      {read.kind === 'ok' && (
        <div role="status">
          {read.value.others.length > 0 && (
            <p className="subtle small">
              {t('bulk.new.notAccounts', {
                count: read.value.others.length,
                texts: some(read.value.others.map(({ text }) => text)),
              })}
            </p>
          )}
          <LeftOut titles={read.value.titles} unused={read.value.unused} repeated={read.value.repeated} />
        </div>
      )}
      <label htmlFor={`${id}-file`}>{t('bulk.new.file')}</label>
      <input
        id={`${id}-file`}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file !== undefined) void choose(file);
        }}
      />
    </div>
  );
}
