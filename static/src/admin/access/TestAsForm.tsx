import Button from '@atlaskit/button/new';
import { PersonField } from '../../shared/PersonField';
import { SelectField } from '../../shared/SelectField';
import { makeDraft } from '../../shared/useDraft';
import { TextField } from '../../shared/TextField';
import { t } from '../../i18n';
import { WHOM, type TestAs } from './useTestAs';

const TYPED_PERSON = makeDraft<string>();

type TestAsFormProps = { readonly testAs: TestAs };

/** Whom a test is about, and on which issue. */
export function TestAsForm({ testAs }: TestAsFormProps) {
  const { whom, person, issueKey, testing, isReady, setIssueKey, chooseWhom, choosePerson, test } = testAs;
  return (
    <form
      className="group"
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) test();
      }}
    >
      <SelectField
        label={t('admin.access.test.who')}
        value={whom}
        values={WHOM}
        textOf={(one) => t(`admin.access.test.whom.${one}`)}
        isDisabled={testing.state === 'testing'}
        onChange={chooseWhom}
      />
      {whom === 'person' && (
        <PersonField
          label={t('admin.access.test.person')}
          value={person}
          draft={TYPED_PERSON}
          onChange={choosePerson}
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
  );
}
