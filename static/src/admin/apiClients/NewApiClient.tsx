import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { CreateApiClientInput } from '@contract';
import type { PageProblem } from '../../shared/ask';
import { ProblemMessage } from '../../shared/ProblemMessage';
import { t } from '../../i18n';
import { makeDraft, useDraft } from '../../shared/useDraft';
import { TextField } from '../../shared/TextField';
import { ActChoice } from './ActChoice';

const NOTHING_TYPED: CreateApiClientInput = { name: '', acts: ['get'] };
const TYPED_CLIENT = makeDraft<CreateApiClientInput>();

/** A form for one more API client: its name, and what it may do. */
export function NewApiClient({
  onCreate,
}: {
  readonly onCreate: (input: CreateApiClientInput) => Promise<PageProblem | null>;
}) {
  const { value, change, settle } = useDraft(TYPED_CLIENT, NOTHING_TYPED);
  const { name, acts } = value;
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
    if (failed === null) settle({ name: '', acts });
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
        onChange={(typed) => change({ name: typed, acts })}
      />
      <ActChoice
        acts={acts}
        isMissing={wrong === 'acts'}
        isDisabled={isBusy}
        onChange={(chosen) => change({ name, acts: chosen })}
      />
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
