import { segmentLabels, type RunView } from '@contract';
import { t } from '../i18n';
import { countText } from './runText';

/** From which segments people go where, and how many of them are done. */
export function Groups({ run }: { readonly run: RunView }) {
  if (run.groups.length === 0) return null;
  const hasStarted = run.startedAtMs !== null;
  const labelOf = segmentLabels(run.groups.flatMap(({ from, to }) => [from, to].filter((end) => end !== null)));
  return (
    <section className="stack" aria-labelledby="groups">
      <h3 id="groups">{t('bulk.groups.heading')}</h3>
      <div className="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('bulk.groups.from')}</th>
              <th scope="col">{t('bulk.groups.to')}</th>
              <th scope="col" className="count">
                {t('bulk.groups.people')}
              </th>
              {hasStarted && (
                <th scope="col" className="count">
                  {t('bulk.groups.done')}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {run.groups.map(({ from, to, count, done }) => (
              <tr key={`${String(from?.id)} ${String(to?.id)}`}>
                <td>{from === null ? t('bulk.groups.kept') : labelOf(from)}</td>
                <td>{to === null ? t('bulk.groups.out') : labelOf(to)}</td>
                <td className="count">{countText(count)}</td>
                {hasStarted && <td className="count">{countText(done)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
