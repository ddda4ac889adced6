import Button from '@atlaskit/button/new';
import { MANAGE_ROUTES, READ_PLANS, WRITE_VERBS, type ConnectionView } from '@contract';
import { t } from '../../../i18n';
import { Message } from '../../../shared/Message';
import { adminProblemText } from '../../../shared/problemText';
import { SelectField } from '../../../shared/SelectField';
import { TextField } from '../../../shared/TextField';
import { PLACES } from './edit';
import { isReadCall, isWriteKind, PAGINGS, shownFields, type Part } from './parts';
import type { Editing, ProfileEdit } from './useProfileEdit';

type PartEditorProps = {
  readonly editing: Editing;
  readonly edit: ProfileEdit;
  readonly view: ConnectionView;
  readonly isBusy: boolean;
  readonly onSave: () => void;
};

/** One part with its fields, saved by itself. */
export function PartEditor({ editing, edit, view, isBusy, onSave }: PartEditorProps) {
  const { part } = editing;
  const name = t(`admin.connection.profile.parts.${part}`);
  return (
    <form
      id={edit.formId}
      className="group"
      noValidate
      autoComplete="off"
      aria-label={name}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) onSave();
      }}
    >
      <p className="name">{name}</p>
      <p className="subtle small">{t(`admin.connection.profile.hints.${hintOf(part)}`)}</p>
      {shownFields(editing.typed).map((field) => (
        <PartField key={field} field={field} editing={editing} edit={edit} view={view} isBusy={isBusy} />
      ))}
      {edit.problem !== null && <SaveProblem problem={edit.problem} />}
      <div className="actions">
        <Button type="submit" appearance="primary" isLoading={isBusy}>
          {t('admin.connection.check.saveAndCheck')}
        </Button>
        <Button appearance="subtle" isDisabled={isBusy} onClick={edit.close}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}

function hintOf(part: Part): 'read' | 'write' | 'key' | 'ids' | 'readPlan' | 'manage' {
  if (isReadCall(part)) return 'read';
  return isWriteKind(part) ? 'write' : part;
}

/** The fields in which one of a few values is chosen. */
const CHOICES: Readonly<Partial<Record<string, { readonly values: readonly string[]; readonly texts: boolean }>>> = {
  ids: { values: ['number', 'text'], texts: true },
  readPlan: { values: READ_PLANS, texts: true },
  paging: { values: PAGINGS, texts: true },
  verb: { values: WRITE_VERBS, texts: false },
  first: { values: ['0', '1'], texts: false },
};

type PartFieldProps = Omit<PartEditorProps, 'onSave'> & { readonly field: string };

function PartField({ field, editing, edit, view, isBusy }: PartFieldProps) {
  const value = editing.typed[field] ?? '';
  const choice = CHOICES[field];
  const label = labelOf(field);
  if (choice !== undefined)
    return (
      <SelectField
        label={label}
        value={value}
        values={choice.values}
        textOf={(option) => (choice.texts ? choiceText(field, option) : option)}
        isDisabled={isBusy}
        onChange={(chosen) => edit.type(field, chosen)}
      />
    );
  const route = MANAGE_ROUTES.find((known) => known === field);
  return (
    <TextField
      label={label}
      value={value}
      error={edit.errors[field]}
      isReadOnly={isBusy}
      {...(route === undefined ? {} : { placeholder: view.defaults.assumedManage[route].path })}
      onChange={(text) => edit.type(field, text)}
    />
  );
}

function labelOf(field: string): string {
  const route = MANAGE_ROUTES.find((known) => known === field);
  if (route !== undefined) return t(`problems.featureOff.features.${route}`);
  const known = FIELDS.find((name) => name === field);
  return known === undefined ? field : t(`admin.connection.profile.fields.${known}`);
}

const FIELDS = [
  'header',
  'scheme',
  'ids',
  'readPlan',
  'path',
  'paging',
  'parameter',
  'first',
  'verb',
  'users',
  ...PLACES,
] as const;

function choiceText(field: string, value: string): string {
  if (field === 'ids') return t(`admin.connection.profile.ids.${value === 'text' ? 'text' : 'number'}`);
  const plan = READ_PLANS.find((known) => known === value);
  if (plan !== undefined) return t(`admin.connection.profile.readPlans.${plan}`);
  const kind = PAGINGS.find((known) => known === value) ?? 'none';
  return t(`admin.connection.profile.pagings.${kind}`);
}

function SaveProblem({ problem }: { readonly problem: NonNullable<ProfileEdit['problem']> }) {
  const { title, cause, next } = adminProblemText(problem);
  return (
    <div role="alert">
      <Message tone="error" title={title}>
        <p>{cause}</p>
        <p>{next}</p>
      </Message>
    </div>
  );
}
