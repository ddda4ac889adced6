import type { ActionFormView } from '@contract';
import { t } from '../i18n';
import { ActionFields } from './ActionFields';
import { ActionWarnings } from './ActionWarnings';
import { useActionForm, type StoredAction } from './useActionForm';

type ActionFormProps = StoredAction & { readonly view: ActionFormView };

/** The form of one action. */
export function ActionForm({ view, ...stored }: ActionFormProps) {
  const { action } = stored;
  const { form, isChecking, change, errorOf, elsewhere } = useActionForm(stored, view.segments);
  return (
    <form className="form" noValidate autoComplete="off" onSubmit={(event) => event.preventDefault()}>
      <p>{t(`action.intro.${action}`)}</p>
      <ActionWarnings action={action} view={view} elsewhere={elsewhere} />
      <p role="status" className="visually-hidden">
        {isChecking && t('action.checking')}
      </p>
      <fieldset className="fields" disabled={isChecking}>
        <ActionFields
          action={action}
          segments={view.segments}
          form={form}
          errorOf={errorOf}
          change={change}
          inviteRefusal={view.inviteRefusal}
        />
      </fieldset>
    </form>
  );
}
