import Button from '@atlaskit/button/new';
import Heading from '@atlaskit/heading';
import { ACTS, type AccessSettings, type SaveAccessInput } from '@contract';
import type { PageProblem } from '../../shared/ask';
import { t } from '../../i18n';
import { AccessSaveState } from './AccessSaveState';
import { ActRule } from './ActRule';
import { useAccessForm } from './useAccessForm';

type AccessFormProps = {
  readonly access: AccessSettings;
  /** Answers null when it is saved. */
  readonly save: (input: SaveAccessInput) => Promise<PageProblem | null>;
};

/** Who may do what: for each act a permission of Jira, and groups if wanted. */
export function AccessForm({ access, save }: AccessFormProps) {
  const { form, saving, isUnsaved, isAtField, errorAt, change, submit } = useAccessForm(access, save);
  const isSaving = saving.state === 'saving';
  return (
    <form
      className="form"
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <section className="group">
        <Heading as="h2" size="small">
          {t('admin.access.title')}
        </Heading>
        <p>{t('admin.access.intro')}</p>
        {ACTS.map((act) => (
          <ActRule
            key={act}
            act={act}
            rule={form[act]}
            error={errorAt(act)}
            isDisabled={isSaving}
            onChange={(changed) => change(act, changed)}
          />
        ))}
      </section>
      <div className="save-line">
        <Button type="submit" isLoading={isSaving}>
          {t('admin.access.save')}
        </Button>
        <AccessSaveState saving={saving} isUnsaved={isUnsaved} isAtField={isAtField} onRetry={submit} />
      </div>
    </form>
  );
}
