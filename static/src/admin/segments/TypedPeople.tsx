import { useId } from 'react';
import { t } from '../../i18n';

type TypedPeopleProps = {
  readonly text: string;
  readonly isReadOnly: boolean;
  readonly onChange: (text: string) => void;
};

/** A list of people, typed or pasted. */
export function TypedPeople({ text, isReadOnly, onChange }: TypedPeopleProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={`${id}-text`}>{t('admin.segments.people')}</label>
      <textarea
        id={`${id}-text`}
        className="input segments-text"
        rows={4}
        value={text}
        readOnly={isReadOnly}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-hint`} className="subtle small">
        {t('admin.segments.peopleHint')}
      </p>
    </div>
  );
}
