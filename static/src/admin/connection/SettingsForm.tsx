import Button from '@atlaskit/button/new';
import Heading from '@atlaskit/heading';
import type { RefObject } from 'react';
import type { ConnectionView, Dialect, ReadPlan } from '../../../../src/contract';
import { texts } from '../../texts';
import type { FieldErrors, FormValues } from './form';
import { RoutesField } from './RoutesField';
import { SaveState } from './SaveState';
import { SelectField } from '../../shared/SelectField';
import type { Running, SaveNotice } from './SettingsPage';
import { TextField } from '../../shared/TextField';

type SettingsFormProps = {
  readonly formRef: RefObject<HTMLFormElement>;
  readonly view: ConnectionView;
  readonly form: FormValues;
  readonly errors: FieldErrors;
  readonly notice: SaveNotice;
  readonly isDirty: boolean;
  readonly running: Running;
  readonly onChange: (changed: Partial<FormValues>) => void;
  readonly onSave: () => void;
};

const DIALECTS: readonly Dialect[] = ['put-segment-users', 'post-manage-users'];
const READ_PLANS: readonly ReadPlan[] = ['all-at-once', 'per-segment'];

const SWITCH: readonly ('off' | 'on')[] = ['off', 'on'];

/** The connection's settings. */
export function SettingsForm({ formRef, view, form, errors, notice, isDirty, running, onChange, onSave }: SettingsFormProps) {
  const words = texts.admin;
  const isBusy = running !== null;
  return (
    <form
      ref={formRef}
      className="form"
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) onSave();
      }}
    >
      <section className="group">
        <Heading as="h2" size="small">
          {words.connection}
        </Heading>
        <TextField
          label={words.apiOrigin}
          value={form.apiOrigin}
          hint={words.apiOriginHint(view.defaults.allowedHosts)}
          error={errors['settings.apiOrigin']}
          inputMode="url"
          isRequired
          isReadOnly={isBusy}
          onChange={(apiOrigin) => onChange({ apiOrigin })}
        />
        <TextField
          label={words.key}
          value={form.key}
          hint={view.keyStored ? words.keyStored : words.keyNotStored}
          error={errors.key}
          type="password"
          isRequired={!view.keyStored}
          isReadOnly={isBusy}
          onChange={(key) => onChange({ key })}
        />
        <TextField
          label={words.initiativeId}
          value={form.initiativeId}
          hint={words.initiativeIdHint}
          error={errors['settings.initiativeId']}
          inputMode="numeric"
          isRequired
          isShort
          isReadOnly={isBusy}
          onChange={(initiativeId) => onChange({ initiativeId })}
        />
      </section>
      <section className="group">
        <Heading as="h2" size="small">
          {words.requests}
        </Heading>
        <TextField
          label={words.authScheme}
          value={form.authScheme}
          hint={words.authSchemeHint}
          error={errors['settings.authScheme']}
          isRequired
          isShort
          isReadOnly={isBusy}
          onChange={(authScheme) => onChange({ authScheme })}
        />
        <SelectField
          label={words.moveDialect}
          value={form.moveDialect}
          values={DIALECTS}
          options={words.moveDialects}
          hint={words.dialectHint}
          isDisabled={isBusy}
          onChange={(moveDialect) => onChange({ moveDialect })}
        />
        <SelectField
          label={words.removeDialect}
          value={form.removeDialect}
          values={DIALECTS}
          options={words.removeDialects}
          isDisabled={isBusy}
          onChange={(removeDialect) => onChange({ removeDialect })}
        />
        <SelectField
          label={words.readPlan}
          value={form.readPlan}
          values={READ_PLANS}
          options={words.readPlans}
          hint={words.readPlanHint}
          isDisabled={isBusy}
          onChange={(readPlan) => onChange({ readPlan })}
        />
        <SelectField
          label={words.canAdd}
          value={form.canAdd ? 'on' : 'off'}
          values={SWITCH}
          options={words.canAddOptions}
          hint={words.canAddHint}
          isDisabled={isBusy}
          onChange={(value) => onChange({ canAdd: value === 'on' })}
        />
        <RoutesField form={form} errors={errors} view={view} isReadOnly={isBusy} onChange={(routes) => onChange({ routes })} />
      </section>
      <div className="save-line">
        <Button type="submit" appearance="primary" isLoading={running === 'save'} isDisabled={running === 'check'}>
          {words.save}
        </Button>
        <SaveState view={view} notice={notice} isDirty={isDirty} running={running} />
      </div>
    </form>
  );
}
