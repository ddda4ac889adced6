import type { ActionFormView, ActionKey, WriteKind } from '@contract';
import { Message } from '../shared/Message';
import { problemText } from '../shared/problemText';
import { t } from '../i18n';

type ActionWarningsProps = {
  readonly action: ActionKey;
  readonly view: ActionFormView;
  /** What Automation rejected that is at none of the form's fields: the names and the messages. */
  readonly elsewhere: readonly (readonly [string, string])[];
};

/** What would keep the rule from doing what it says. */
export function ActionWarnings({ action, view, elsewhere }: ActionWarningsProps) {
  const refusal = refusalOf(action, view);
  return (
    <>
      {refusal !== null && (
        <Message tone="warning" title={refusal.title}>
          {refusal.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
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

const KINDS: Readonly<Record<ActionKey, WriteKind | null>> = {
  'move-reporter': 'move',
  'remove-reporter': 'remove',
  'add-reporter': 'add',
  'get-reporter-segments': null,
};

/** Why no rule could write what this one is to write now. */
function refusalOf(
  action: ActionKey,
  view: ActionFormView,
): { readonly title: string; readonly lines: readonly string[] } | null {
  const kind = KINDS[action];
  const problem = kind === null ? null : view.refusals[kind];
  if (problem === null) return null;
  if (problem.code === 'notProven') return { title: t('action.writesOff.title'), lines: [t('action.writesOff.next')] };
  const { title, cause, next } = problemText(problem);
  return { title, lines: [cause, next] };
}
