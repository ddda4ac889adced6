import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { ApiClientAct, CreateApiClientInput } from '@contract';
import type { PageProblem } from '../../shared/ask';
import { ProblemMessage } from '../../shared/ProblemMessage';
import { t } from '../../i18n';
import { TextField } from '../../shared/TextField';
import { ActChoice } from './ActChoice';

/** A form for one more API client: its name, and what it may do. */
export function NewApiClient({
  onCreate,
}: {
  readonly onCreate: (input: CreateApiClientInput) => Promise<PageProblem | null>;
}) {
  const [name, setName] = useState('');
  const [acts, setActs] = useState<readonly ApiClientAct[]>(['get']);
  const [wrong, setWrong] = useState<'name' | 'acts' | null>(null);
  const [problem, setProblem] = useState<PageProblem | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const submit = async () => {
    const found = name.trim() === '' ? 'name' : acts.length === 0 ? 'acts' : null;
    setWrong(found);
    if (found !== null || isBusy) return;
    setIsBusy(true);
    const failed = await onCreate({ name: name.trim(), acts });
    setIsBusy(false);
    setProblem(failed);
    if (failed === null) setName('');
  };

  return (
    <form
      className="form"
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TextField
        label={t('admin.apiClients.name')}
        value={name}
        hint={t('admin.apiClients.nameHint')}
        error={wrong === 'name' ? t('admin.apiClients.nameRequired') : undefined}
        isReadOnly={isBusy}
        onChange={setName}
      />
      <ActChoice acts={acts} isMissing={wrong === 'acts'} isDisabled={isBusy} onChange={setActs} />
      <div>
        <Button type="submit" isLoading={isBusy}>
          {t('admin.apiClients.create')}
        </Button>
      </div>
      {problem !== null && (
        <div role="alert">
          <ProblemMessage problem={problem} onRetry={() => void submit()} onReload={() => void submit()} />
        </div>
      )}
    </form>
  );
}
