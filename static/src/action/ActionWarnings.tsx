import type { ActionFormView, ActionKey } from '@contract';
import { Message } from '../shared/Message';
import { t } from '../i18n';

type ActionWarningsProps = {
  readonly action: ActionKey;
  readonly view: ActionFormView;
  /** What Automation rejected that is at none of the form's fields: the names and the messages. */
  readonly elsewhere: readonly (readonly [string, string])[];
};

/** What would keep the rule from doing what it says. */
export function ActionWarnings({ action, view, elsewhere }: ActionWarningsProps) {
  return (
    <>
      {action !== 'get-reporter-segments' && !view.writesOn && (
        <Message tone="warning" title={t('action.writesOff.title')}>
          <p>{t('action.writesOff.next')}</p>
        </Message>
      )}
      {action === 'add-reporter' && !view.canAdd && (
        <Message tone="warning" title={t('action.addingOff.title')}>
          <p>{t('action.addingOff.next')}</p>
        </Message>
      )}
      {elsewhere.length > 0 && (
        <Message tone="error" title={t('action.rejected')}>
          {elsewhere.map(([name, message]) => (
            <p key={name}>{message}</p>
          ))}
        </Message>
      )}
    </>
  );
}
