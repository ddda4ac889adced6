import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { HintView } from '@contract';
import { ask, type PageProblem } from '../../shared/ask';
import { Loaded } from '../../shared/Loaded';
import { Message } from '../../shared/Message';
import { ProblemMessage } from '../../shared/ProblemMessage';
import { Section } from '../../shared/Section';
import { Time } from '../../shared/Time';
import { useLoaded } from '../../shared/useLoaded';
import { t } from '../../i18n';
import { invoke } from '../api';
import { Copyable } from '../Copyable';

const load = () => invoke('admin.hintAddress');

/** The address at which Shorter Loop may say that something changed, with its secret: shown this once. */
export function HintSection() {
  const { state, reload, keep } = useLoaded<HintView>(load);
  const [secret, setSecret] = useState<string | null>(null);
  const [problem, setProblem] = useState<PageProblem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const rotate = async () => {
    setBusy(true);
    const asked = await ask(invoke('admin.rotateHint'));
    setBusy(false);
    setProblem(asked.kind === 'problem' ? asked.problem : null);
    if (asked.kind === 'problem') return;
    keep(asked.value.view);
    setSecret(asked.value.secret);
  };
  return (
    <Section title={t('admin.hint.title')}>
      <p>{t('admin.hint.intro')}</p>
      <Loaded state={state} label={t('admin.hint.loading')} onReload={reload}>
        {({ url, rotatedAtMs, lastHintAtMs }) => (
          <>
            <Copyable label={t('admin.hint.address')} copy={t('admin.apiClients.copyAddress')} value={url} />
            <p className="subtle small">
              {lastHintAtMs === null ? (
                t('admin.hint.never')
              ) : (
                <>
                  {t('admin.hint.last')} <Time atMs={lastHintAtMs} />
                </>
              )}
            </p>
            {secret !== null && (
              <div role="status">
                <Message tone="success" title={t('admin.hint.once')}>
                  <Copyable label={t('admin.hint.secret')} copy={t('admin.hint.copySecret')} value={secret} />
                </Message>
              </div>
            )}
            <div>
              <Button isLoading={isBusy} onClick={() => void rotate()}>
                {t(rotatedAtMs === null ? 'admin.hint.make' : 'admin.hint.rotate')}
              </Button>
            </div>
          </>
        )}
      </Loaded>
      {problem !== null && (
        <div role="alert">
          <ProblemMessage problem={problem} onRetry={() => void rotate()} onReload={reload} />
        </div>
      )}
    </Section>
  );
}
