import Button from '@atlaskit/button/new';
import type { LedgerFilter } from '@contract';
import { ProblemMessage } from '../../shared/ProblemMessage';
import { t } from '../../i18n';
import { useExport } from './useExport';

/** Saves everything that fits the search as a file. */
export function ExportSection({ filter }: { readonly filter: LedgerFilter }) {
  const { exported, start, stop } = useExport(filter);
  const isRunning = exported.state === 'running';
  return (
    <div className="export">
      <div className="save-line">
        {isRunning ? (
          <Button onClick={stop}>{t('admin.ledger.export.stop')}</Button>
        ) : (
          <Button onClick={start}>{t('admin.ledger.export.button')}</Button>
        )}
        <p role="status" className="subtle small">
          {exported.state === 'idle' && t('admin.ledger.export.explain')}
          {exported.state === 'running' && t('admin.ledger.export.running', { count: exported.rows })}
          {exported.state === 'done' && t('admin.ledger.export.done', { count: exported.rows })}
          {exported.state === 'stopped' && t('admin.ledger.export.stopped')}
        </p>
      </div>
      {exported.state === 'failed' && (
        <div role="alert">
          <ProblemMessage problem={exported.problem} onRetry={start} onReload={start} />
        </div>
      )}
    </div>
  );
}
