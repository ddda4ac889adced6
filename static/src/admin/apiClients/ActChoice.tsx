import { API_CLIENT_ACTS, type ApiClientAct } from '@contract';
import { t } from '../../i18n';

type ActChoiceProps = {
  readonly acts: readonly ApiClientAct[];
  readonly isMissing: boolean;
  readonly isDisabled: boolean;
  readonly onChange: (acts: readonly ApiClientAct[]) => void;
};

/** What an API client may do. */
export function ActChoice({ acts, isMissing, isDisabled, onChange }: ActChoiceProps) {
  return (
    <fieldset className="rule">
      <legend>{t('admin.apiClients.may')}</legend>
      {API_CLIENT_ACTS.map((act) => (
        <label key={act} className="check-line">
          <input
            type="checkbox"
            checked={acts.includes(act)}
            disabled={isDisabled}
            onChange={(event) =>
              onChange(event.target.checked ? [...acts, act] : acts.filter((other) => other !== act))
            }
          />
          {t(`admin.apiClients.acts.${act}`)}
        </label>
      ))}
      {isMissing && <p className="field-error">{t('admin.apiClients.actsRequired')}</p>}
    </fieldset>
  );
}
