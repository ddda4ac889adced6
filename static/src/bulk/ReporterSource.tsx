import { t } from '../i18n';
import { AccountsField } from './AccountsField';
import { Choice } from './Choice';
import type { Acquisition } from './navigator';
import { QueryField } from './QueryField';
import type { NewRunForm } from './useNewRun';

type ReporterSourceProps = {
  readonly newRun: NewRunForm;
  readonly taken: Acquisition;
};

/** Whose segments a new run changes: the reporters of a query's issues, or accounts given one by one. */
export function ReporterSource({ newRun: { form, errorOf, change, settle }, taken }: ReporterSourceProps) {
  return (
    <>
      <Choice
        legend={t('bulk.new.source')}
        name="source"
        value={form.source}
        values={['jql', 'accounts']}
        textOf={(value) => t(`bulk.new.${value}`)}
        onChange={(source) => change({ source })}
      />
      {taken.kind !== 'none' && form.source === 'jql' && form.jql === taken.jql && <p>{takenText(taken)}</p>}
      {form.source === 'jql' ? (
        <QueryField
          value={form.jql}
          error={errorOf('jql')}
          onChange={(value) => change({ jql: value })}
          onSettled={settle}
        />
      ) : (
        <AccountsField
          value={form.accounts}
          error={errorOf('accounts')}
          onChange={(accounts) => change({ accounts })}
        />
      )}
    </>
  );
}

function takenText(taken: Exclude<Acquisition, { kind: 'none' }>): string {
  return taken.kind === 'issues'
    ? t('bulk.new.taken.issues', { count: taken.count })
    : t(`bulk.new.taken.${taken.kind}`);
}
