import Button from '@atlaskit/button/new';
import type { PanelView } from '@contract';
import { t } from '../i18n';
import { Message } from '../shared/Message';
import { timeText } from '../shared/timeText';
import type { Check } from './useReadThrough';

type FreshnessProps = { readonly source: PanelView['source']; readonly check: Check; readonly onCheck: () => void };

/** From when a reporter's segments are, where they were not read just now, and whether that is being made good. */
export function Freshness({ source, check, onCheck }: FreshnessProps) {
  return (
    <div role="status" className="freshness subtle small">
      {text(source, check, onCheck)}
    </div>
  );
}

function text(source: PanelView['source'], check: Check, onCheck: () => void) {
  switch (source.kind) {
    case 'live':
      return null;
    case 'checked':
      return <p>{t('panel.freshness.others', { time: agoText(source.othersAsOfMs) })}</p>;
    case 'directory':
      if (source.age === 'fresh') return null;
      return (
        <>
          <p>
            {t('panel.freshness.asOf', { time: agoText(source.asOfMs) })}{' '}
            {check === 'running' && t('panel.freshness.checking')}
            {check === 'failed' && t('panel.freshness.failed')}
          </p>
          {source.age === 'stale' && check === 'failed' && (
            <Message tone="warning" title={t('panel.freshness.stale')}>
              <p>{t('panel.freshness.staleCause', { time: agoText(source.asOfMs) })}</p>
              <p>{t('panel.freshness.staleNext')}</p>
            </Message>
          )}
          {check === 'failed' && (
            <Button spacing="compact" onClick={onCheck}>
              {t('panel.freshness.again')}
            </Button>
          )}
        </>
      );
  }
}

function agoText(atMs: number): string {
  return timeText(atMs, Date.now());
}
