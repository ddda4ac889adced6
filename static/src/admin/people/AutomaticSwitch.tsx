import { useId } from 'react';
import { t } from '../../i18n';

type AutomaticSwitchProps = {
  readonly isOn: boolean;
  readonly isBusy: boolean;
  readonly onChange: (isOn: boolean) => void;
};

/** Whether the app links by itself, with what that does. */
export function AutomaticSwitch({ isOn, isBusy, onChange }: AutomaticSwitchProps) {
  const id = useId();
  return (
    <div className="people-switch">
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={isOn}
        aria-describedby={`${id}-what`}
        // Not disabled: that would take the focus from whoever has just switched it.
        aria-disabled={isBusy}
        onChange={(event) => {
          if (!isBusy) onChange(event.target.checked);
        }}
      />
      <div>
        <label htmlFor={id}>{t('admin.people.sync.automatic')}</label>
        <p id={`${id}-what`} className="subtle small">
          {t('admin.people.sync.automaticWhat')}
        </p>
      </div>
    </div>
  );
}
