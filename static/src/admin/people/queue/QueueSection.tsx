import Button from '@atlaskit/button/new';
import Heading from '@atlaskit/heading';
import Spinner from '@atlaskit/spinner';
import { useState } from 'react';
import { QUEUE_STATES, type QueueState, type ScanView } from '@contract';
import { t } from '../../../i18n';
import { ProblemMessage } from '../../../shared/ProblemMessage';
import { ReporterCard } from '../ReporterCard';
import { useQueue } from './useQueue';

type QueueSectionProps = { readonly scan: ScanView; readonly onChange: () => void };

/** The reporters whom somebody has to decide about, one after the other. */
export function QueueSection({ scan, onChange }: QueueSectionProps) {
  const [state, setState] = useState<QueueState>(() => QUEUE_STATES.find((one) => scan.counts[one] > 0) ?? 'ambiguous');
  return (
    <section className="people-section">
      <Heading as="h2" size="small">
        {t('admin.people.queue.title')}
      </Heading>
      <p>{t('admin.people.queue.intro')}</p>
      <div className="people-line" role="group" aria-label={t('admin.people.queue.which')}>
        {QUEUE_STATES.map((one) => (
          <Button key={one} spacing="compact" isSelected={one === state} onClick={() => setState(one)}>
            {t('admin.people.queue.state', { state: t(`admin.people.states.${one}`), count: scan.counts[one] })}
          </Button>
        ))}
      </div>
      <OneByOne key={state} state={state} onChange={onChange} />
    </section>
  );
}

function OneByOne({ state, onChange }: { readonly state: QueueState; readonly onChange: () => void }) {
  const { queue, next, retry } = useQueue(state);
  switch (queue.phase) {
    case 'loading':
      return (
        <div className="loading" role="status">
          <Spinner size="medium" />
          <span className="visually-hidden">{t('admin.people.queue.loading')}</span>
        </div>
      );
    case 'failed':
      return (
        <div role="alert">
          <ProblemMessage problem={queue.problem} onRetry={retry} onReload={retry} />
        </div>
      );
    case 'empty':
      return (
        <p role="status" className="subtle">
          {t('admin.people.queue.empty')}
        </p>
      );
    case 'open':
      return <ReporterCard key={queue.accountId} accountId={queue.accountId} onChange={onChange} onNext={next} />;
  }
}
