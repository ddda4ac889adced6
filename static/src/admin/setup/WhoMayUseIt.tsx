import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { AccessQuestion, AccessSettings } from '@contract';
import { ask, type Asked, type PageProblem } from '../../shared/ask';
import { Message } from '../../shared/Message';
import { ProblemMessage } from '../../shared/ProblemMessage';
import { Section } from '../../shared/Section';
import { makeDraft, useDraft } from '../../shared/useDraft';
import { useLoaded } from '../../shared/useLoaded';
import { list, t } from '../../i18n';
import { invoke } from '../api';
import { GroupsField, type Groups } from '../GroupsField';
import { openedTo } from './openedTo';

const NOBODY: Groups = { groups: [], picked: [], query: '' };
const TYPED_GROUPS = makeDraft<Groups>();

const load = () => invoke('admin.accessQuestion');

/**
 * Asks once, as soon as the connection works, who may use what starts with Jira's admins alone. Nothing of it is in
 * the way of anything: an admin who does not know yet leaves it, and *Access* has all rules.
 */
export function WhoMayUseIt() {
  const { state, keep } = useLoaded<AccessQuestion>(load);
  const [answer, setAnswer] = useState<string | null>(null);
  // A question that could not be read is asked the next time.
  if (state.phase !== 'open') return null;
  if (answer !== null)
    return (
      <div role="status">
        <Message tone="success" title={answer} />
      </div>
    );
  if (!state.value.isOpen) return null;
  return (
    <Question
      access={state.value.access}
      onAnswered={(access, said) => {
        keep({ isOpen: false, access });
        setAnswer(said);
      }}
    />
  );
}

type QuestionProps = {
  readonly access: AccessSettings;
  readonly onAnswered: (access: AccessSettings, said: string) => void;
};

function Question({ access, onAnswered }: QuestionProps) {
  const { value: chosen, change, settle } = useDraft(TYPED_GROUPS, NOBODY);
  const [running, setRunning] = useState<'open' | 'keep' | null>(null);
  const [isMissing, setMissing] = useState(false);
  const [problem, setProblem] = useState<PageProblem | null>(null);
  const { groups } = chosen;
  const answerBy = async (kind: 'open' | 'keep', asked: Promise<Asked<AccessSettings>>, said: string) => {
    setRunning(kind);
    const answered = await asked;
    setRunning(null);
    setProblem(answered.kind === 'problem' ? answered.problem : null);
    if (answered.kind === 'problem') return;
    settle(NOBODY);
    onAnswered(answered.value, said);
  };
  const open = () => {
    const isReady = groups.length > 0 && chosen.query.trim() === '';
    setMissing(!isReady);
    if (!isReady) return;
    const asked = ask<AccessSettings>(invoke('admin.saveAccess', openedTo(access, chosen)));
    void answerBy('open', asked, t('admin.setup.who.opened', { groups: list(groups, 'or') }));
  };
  const leave = () => void answerBy('keep', keepAccess(), t('admin.setup.who.kept'));
  return (
    <Section title={t('admin.setup.who.title')}>
      <p>{t('admin.setup.who.everyone')}</p>
      <p>{t('admin.setup.who.admins')}</p>
      <GroupsField
        label={t('admin.setup.who.groups')}
        {...chosen}
        error={isMissing ? t('common.groups.notChosen') : undefined}
        isDisabled={running !== null}
        onChange={(changed) => {
          setMissing(false);
          change({ ...chosen, ...changed });
        }}
      />
      <p className="subtle small">{t('admin.setup.who.hint')}</p>
      <div className="actions">
        <Button appearance="primary" isLoading={running === 'open'} isDisabled={running === 'keep'} onClick={open}>
          {t('admin.setup.who.open')}
        </Button>
        <Button appearance="subtle" isLoading={running === 'keep'} isDisabled={running === 'open'} onClick={leave}>
          {t('admin.setup.who.keep')}
        </Button>
      </div>
      {problem !== null && (
        <div role="alert">
          <ProblemMessage problem={problem} onRetry={open} onReload={open} />
        </div>
      )}
    </Section>
  );
}

async function keepAccess(): Promise<Asked<AccessSettings>> {
  const asked = await ask<AccessQuestion>(invoke('admin.keepAccess'));
  return asked.kind === 'ok' ? { kind: 'ok', value: asked.value.access } : asked;
}
