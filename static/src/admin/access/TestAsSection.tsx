import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { Verdict } from '@contract';
import { ask, type PageProblem } from '../../shared/ask';
import type { FoundPerson } from '../../shared/findPeople';
import { PersonField } from '../../shared/PersonField';
import { ProblemMessage } from '../../shared/ProblemMessage';
import { Section } from '../../shared/Section';
import { SelectField } from '../../shared/SelectField';
import { TextField } from '../../shared/TextField';
import { t } from '../../i18n';
import { invoke } from '../api';
import { VerdictList } from './VerdictList';

/** Whom a test can be about. */
const WHOM = ['person', 'app'] as const;

type Testing =
  | { readonly state: 'idle' | 'testing' }
  | { readonly state: 'failed'; readonly problem: PageProblem }
  | { readonly state: 'told'; readonly verdicts: readonly Verdict[] };

/** What someone may do on an issue, and which condition decides it. */
export function TestAsSection() {
  const [whom, setWhom] = useState<(typeof WHOM)[number]>('person');
  const [person, setPerson] = useState<FoundPerson | null>(null);
  const [issueKey, setIssueKey] = useState('');
  const [testing, setTesting] = useState<Testing>({ state: 'idle' });
  const isReady = (whom === 'app' || person !== null) && issueKey.trim() !== '';
  const test = async () => {
    const accountId = whom === 'app' ? null : (person?.accountId ?? null);
    if (whom === 'person' && accountId === null) return;
    setTesting({ state: 'testing' });
    const asked = await ask<readonly Verdict[]>(invoke('admin.testAs', { accountId, issueKey: issueKey.trim() }));
    setTesting(
      asked.kind === 'ok' ? { state: 'told', verdicts: asked.value } : { state: 'failed', problem: asked.problem },
    );
  };
  return (
    <Section title={t('admin.access.test.title')}>
      <p>{t('admin.access.test.intro')}</p>
      <form
        className="group"
        noValidate
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void test();
        }}
      >
        <SelectField
          label={t('admin.access.test.who')}
          value={whom}
          values={WHOM}
          textOf={(one) => t(`admin.access.test.whom.${one}`)}
          isDisabled={testing.state === 'testing'}
          onChange={(chosen) => {
            setWhom(chosen);
            setTesting({ state: 'idle' });
          }}
        />
        {whom === 'person' && (
          <PersonField
            label={t('admin.access.test.person')}
            value={person}
            onChange={(chosen) => {
              setPerson(chosen);
              setTesting({ state: 'idle' });
            }}
          />
        )}
        <TextField
          label={t('admin.access.test.issue')}
          hint={t('admin.access.test.issueHint')}
          value={issueKey}
          isShort
          isReadOnly={false}
          onChange={setIssueKey}
        />
        <div>
          <Button type="submit" isDisabled={!isReady} isLoading={testing.state === 'testing'}>
            {t('admin.access.test.run')}
          </Button>
        </div>
      </form>
      <div role="status">
        {testing.state === 'told' && (
          <>
            <VerdictList verdicts={testing.verdicts} />
            {whom === 'app' &&
              testing.verdicts.some(({ conditions }) =>
                conditions.some(({ kind, holds }) => kind === 'seesIssue' && holds !== true),
              ) && <p>{t('admin.access.test.appNext')}</p>}
          </>
        )}
      </div>
      {testing.state === 'failed' && (
        <div role="alert">
          <ProblemMessage problem={testing.problem} onRetry={() => void test()} onReload={() => void test()} />
        </div>
      )}
    </Section>
  );
}
