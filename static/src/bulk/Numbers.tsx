import { BULK_RESULTS, BULK_VERDICTS, type RunView } from '@contract';
import { t } from '../i18n';
import { exactTimeText } from '../shared/timeText';
import { countText, doneOf, peopleOf } from './runText';

/** What was read so far and what would happen, and later what happened, in numbers. */
export function Numbers({ run }: { readonly run: RunView }) {
  const isByIssue = run.source.kind === 'jql';
  const rows: readonly (readonly [string, number])[] = [
    ...(isByIssue ? ([[t('bulk.preview.issues'), run.issues]] as const) : []),
    ...(isByIssue && run.withoutReporter > 0
      ? ([[t('bulk.preview.withoutReporter'), run.withoutReporter]] as const)
      : []),
    [isByIssue ? t('bulk.preview.people') : t('bulk.preview.listed'), peopleOf(run)],
    ...BULK_VERDICTS.filter((verdict) => verdict === 'willWrite' || run.verdicts[verdict] > 0).map(
      (verdict) => [t(`bulk.verdict.${verdict}`), run.verdicts[verdict]] as const,
    ),
  ];
  const results = BULK_RESULTS.filter((result) => run.results[result] > 0).map(
    (result) => [t(`bulk.result.${result}`), run.results[result]] as const,
  );
  return (
    <div className="columns">
      <section className="stack" aria-labelledby="preview-numbers">
        <h3 id="preview-numbers">{t('bulk.preview.heading')}</h3>
        <Rows rows={rows} />
        {run.asOfMs !== null && (
          <p className="subtle small">{t('bulk.preview.asOf', { time: exactTimeText(run.asOfMs) })}</p>
        )}
      </section>
      {doneOf(run) > 0 && (
        <section className="stack" aria-labelledby="result-numbers">
          <h3 id="result-numbers">{t('bulk.result.heading')}</h3>
          <Rows rows={results} />
        </section>
      )}
    </div>
  );
}

function Rows({ rows }: { readonly rows: readonly (readonly [string, number])[] }) {
  return (
    <dl className="numbers">
      {rows.map(([text, count]) => (
        <div key={text} className="number">
          <dt>{text}</dt>
          <dd>{countText(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
