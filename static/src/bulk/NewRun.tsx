import Button from '@atlaskit/button/new';
import Heading from '@atlaskit/heading';
import { useState, type FormEvent } from 'react';
import type { JiraEstimate, RunView, Segment } from '@contract';
import { t } from '../i18n';
import { ask, type PageProblem } from '../shared/ask';
import { Cost, CostQuestion, isCostly } from '../shared/Cost';
import { ProblemMessage } from '../shared/ProblemMessage';
import { SelectField } from '../shared/SelectField';
import { useEstimate } from '../shared/useEstimate';
import { AccountsField } from './AccountsField';
import { invoke } from './api';
import { Choice } from './Choice';
import { check, type Form, type FormErrors } from './form';
import type { Acquisition } from './navigator';
import { QueryField } from './QueryField';
import { SourceSegments } from './SourceSegments';
import type { Reading } from './useReading';

type NewRunProps = {
  readonly segments: readonly Segment[];
  readonly taken: Acquisition;
  readonly onCreated: (run: RunView, reading: Reading) => void;
};

/** The form of a new run: whose reporters, what to do, from where and to where. */
export function NewRun({ segments, taken, onCreated }: NewRunProps) {
  const [form, setForm] = useState<Form>({
    source: 'jql',
    jql: taken.jql,
    accounts: '',
    act: 'move',
    from: [],
    to: '',
  });
  const [errors, setErrors] = useState<FormErrors>({});
  const [problem, setProblem] = useState<PageProblem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [settled, setSettled] = useState<string | null>(taken.jql === '' ? null : taken.jql);
  const estimate = useEstimate(settled, estimateOf);
  const [asking, setAsking] = useState<JiraEstimate | null>(null);
  const change = (part: Partial<Form>): void => {
    setAsking(null);
    setForm((before) => ({ ...before, ...part }));
  };
  const errorOf = (field: keyof FormErrors): string | undefined =>
    errors[field] === undefined ? undefined : t(errors[field]);
  const submit = async (isSure: boolean): Promise<void> => {
    const checked = check(form);
    setErrors(checked.kind === 'errors' ? checked.errors : {});
    setProblem(null);
    if (checked.kind === 'errors') return;
    setBusy(true);
    setAsking(null);
    const costly = isSure || form.source !== 'jql' ? null : await costlyOf(form.jql.trim());
    if (costly !== null) {
      setBusy(false);
      return setAsking(costly);
    }
    const answer = await ask(invoke('bulk.create', checked.sent.input));
    setBusy(false);
    if (answer.kind === 'problem') setProblem(answer.problem);
    else
      onCreated(
        answer.value,
        form.source === 'jql'
          ? { kind: 'jql', jql: form.jql.trim() }
          : { kind: 'accounts', accountIds: checked.sent.accountIds },
      );
  };
  return (
    <form
      className="stack box"
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void submit(false);
      }}
    >
      <Heading size="small" as="h2">
        {t('bulk.new.heading')}
      </Heading>
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
          onSettled={(value) => setSettled(value.trim() === '' ? null : value.trim())}
        />
      ) : (
        <AccountsField
          value={form.accounts}
          error={errorOf('accounts')}
          onChange={(accounts) => change({ accounts })}
        />
      )}
      <Choice
        legend={t('bulk.new.act')}
        name="act"
        value={form.act}
        values={['move', 'remove']}
        textOf={(value) => t(`bulk.new.${value}`)}
        onChange={(act) => change({ act })}
      />
      <SourceSegments
        segments={segments}
        chosen={form.from}
        hint={form.act === 'move' ? t('bulk.new.any') : undefined}
        error={errorOf('from')}
        onChange={(from) => change({ from })}
      />
      {form.act === 'move' && (
        <div className="field">
          <SelectField
            label={t('bulk.new.to')}
            value={form.to}
            values={['', ...segments.map(({ id }) => String(id))]}
            textOf={(value) => segments.find(({ id }) => String(id) === value)?.name ?? t('bulk.new.choose')}
            isDisabled={isBusy}
            onChange={(to) => change({ to })}
          />
          {errorOf('to') !== undefined && (
            <p className="field-error" role="alert">
              {errorOf('to')}
            </p>
          )}
        </div>
      )}
      {problem !== null && (
        <div role="alert">
          <ProblemMessage
            problem={problem}
            isBusy={isBusy}
            onRetry={() => void submit(false)}
            onReload={() => setProblem(null)}
          />
        </div>
      )}
      {asking !== null && (
        <CostQuestion estimate={asking} onRead={() => void submit(true)} onCancel={() => setAsking(null)} />
      )}
      {asking === null && estimate !== null && form.source === 'jql' && settled === form.jql.trim() && (
        <Cost estimate={estimate} />
      )}
      <div className="actions">
        <Button type="submit" appearance="primary" isLoading={isBusy}>
          {t('bulk.new.preview')}
        </Button>
      </div>
    </form>
  );
}

/** @param jql not blank */
function estimateOf(jql: string) {
  return invoke('bulk.estimate', { jql });
}

/**
 * What a query costs, where that is so much that the user is asked first; null otherwise, and where it
 * can't be told.
 */
async function costlyOf(jql: string): Promise<JiraEstimate | null> {
  const asked = await ask(estimateOf(jql));
  return asked.kind === 'ok' && asked.value !== null && isCostly(asked.value) ? asked.value : null;
}

function takenText(taken: Exclude<Acquisition, { kind: 'none' }>): string {
  return taken.kind === 'issues'
    ? t('bulk.new.taken.issues', { count: taken.count })
    : t(`bulk.new.taken.${taken.kind}`);
}
