import Button from '@atlaskit/button/new';
import Heading from '@atlaskit/heading';
import { useState } from 'react';
import type { ProvingGround, WriteKind } from '@contract';
import { list, t } from '../../../i18n';
import { ask, type PageProblem } from '../../../shared/ask';
import { Message } from '../../../shared/Message';
import { ProblemMessage } from '../../../shared/ProblemMessage';
import { invoke } from '../../api';
import type { Part } from '../profile/parts';
import { PlanView } from './PlanView';
import { TestChoice } from './TestChoice';
import { TestSteps } from './TestSteps';
import { othersText, provenKinds } from './testText';
import { useWriteTest, type WriteTest } from './useWriteTest';

type TestSectionProps = {
  /** Called when a test has ended: what is proven may have changed, and somebody may have been lost. */
  readonly onEnded: () => void;
  readonly onCorrect: (part: Part) => void;
};

/** Tries with a test person what the app is to do later, step by step, and compares everybody before and after. */
export function TestSection({ onEnded, onCorrect }: TestSectionProps) {
  const [ground, setGround] = useState<ProvingGround | null>(null);
  const [isLooking, setLooking] = useState(false);
  const [problem, setProblem] = useState<PageProblem | null>(null);
  const test = useWriteTest(onEnded);

  const look = async (segmentId: number | null) => {
    setLooking(true);
    const asked = await ask<ProvingGround>(invoke('admin.provingGround', { segmentId }));
    setLooking(false);
    setProblem(asked.kind === 'problem' ? asked.problem : null);
    if (asked.kind === 'ok') setGround(asked.value);
  };
  const shown = problem ?? test.problem;
  const again = () => void (problem === null && test.input !== null ? test.makePlan(test.input) : look(null));
  return (
    <section className="group check">
      <Heading as="h2" size="small">
        {t('admin.connection.test.title')}
      </Heading>
      <p>{t('admin.connection.test.intro')}</p>
      {ground === null ? (
        <div>
          <Button isLoading={isLooking} onClick={() => void look(null)}>
            {t('admin.connection.test.choose')}
          </Button>
        </div>
      ) : (
        <TestChoice
          ground={ground}
          isBusy={isLooking || test.running !== null}
          onSource={(segmentId) => {
            test.clear();
            void look(segmentId);
          }}
          onChange={test.clear}
          onPlan={(input) => void test.makePlan(input)}
        />
      )}
      {shown !== null && <Failed problem={shown} isBusy={isLooking || test.running === 'plan'} onAgain={again} />}
      {ground !== null && test.plan !== null && (
        <PlanView
          plan={test.plan}
          segments={ground.segments}
          canStart={test.steps.length === 0}
          isRunning={test.running === 'test'}
          onStart={() => void test.start()}
        />
      )}
      {ground !== null && test.steps.length > 0 && <TestSteps steps={test.steps} segments={ground.segments} />}
      <div role="status">{test.isEnded && <Verdict test={test} onCorrect={onCorrect} />}</div>
    </section>
  );
}

type FailedProps = { readonly problem: PageProblem; readonly isBusy: boolean; readonly onAgain: () => void };

function Failed({ problem, isBusy, onAgain }: FailedProps) {
  return (
    <div role="alert">
      <ProblemMessage problem={problem} isBusy={isBusy} onRetry={onAgain} onReload={onAgain} />
    </div>
  );
}

const KIND_OF_STEP = { moveThere: 'move', moveBack: 'move', add: 'add', remove: 'remove' } as const;

function Verdict({ test, onCorrect }: { readonly test: WriteTest; readonly onCorrect: (part: Part) => void }) {
  const proven = provenKinds(test.steps).map((kind) => t(`problems.writeKinds.${kind}`));
  const planned = test.plan?.steps.length ?? 0;
  const last = test.steps.at(-1);
  const isWhole = test.steps.length === planned && last?.state === 'ended' && last.result.proves !== null;
  const kind: WriteKind | null = last === undefined || isWhole ? null : KIND_OF_STEP[last.step];
  return (
    <>
      {proven.length > 0 && (
        <Message
          tone="success"
          title={t('admin.connection.test.proven', { kinds: list(proven), count: proven.length })}
        >
          {isWhole && <p>{othersText(test.steps)}</p>}
        </Message>
      )}
      {kind !== null && (
        <Message
          tone="warning"
          title={t('admin.connection.test.notProven', { kind: t(`problems.writeKinds.${kind}`) })}
          actions={
            <Button spacing="compact" onClick={() => onCorrect(kind)}>
              {t('admin.connection.check.correct', { part: t(`admin.connection.profile.parts.${kind}`) })}
            </Button>
          }
        >
          <p>{t('admin.connection.test.notProvenNext')}</p>
        </Message>
      )}
    </>
  );
}
