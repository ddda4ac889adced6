import Button from '@atlaskit/button/new';
import { plainName } from '@contract';
import { number, t } from '../../../i18n';
import { Message } from '../../../shared/Message';
import { isTrouble, links, tally, type ReportRow } from './report';
import { saveFile } from '../../../shared/saveFile';
import { short } from '../../../shared/tableText';
import { writeCsv } from './writeCsv';

type ReportViewProps = { readonly report: readonly ReportRow[]; readonly isFinished: boolean };

/** How many rows in trouble are shown; the file that can be saved holds all. */
const SHOWN = 100;

/** What an import would do, or did: counts by verdict, and the rows that need somebody's look. */
export function ReportView({ report, isFinished }: ReportViewProps) {
  const troubled = report.filter(isTrouble);
  const linked = report.filter(links).length;
  return (
    <>
      <div role="status">
        <Message
          tone={isFinished ? 'success' : 'info'}
          title={t(isFinished ? 'admin.people.csv.finished' : 'admin.people.csv.preview', {
            count: linked,
            rows: report.length,
          })}
        >
          <ul className="people-rows">
            {tally(report).map(([verdict, count]) => (
              <li key={verdict}>
                {number(count)} – {t(`admin.people.csv.verdicts.${verdict}`)}
              </li>
            ))}
          </ul>
        </Message>
      </div>
      {troubled.length > 0 && (
        <>
          <div className="people-scroll" tabIndex={0} role="region" aria-label={t('admin.people.csv.troubled')}>
            <table className="people-table">
              <caption className="visually-hidden">{t('admin.people.csv.troubled')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('admin.people.csv.line')}</th>
                  <th scope="col">{t('admin.people.csv.what')}</th>
                  <th scope="col">{t('admin.people.csv.account')}</th>
                  <th scope="col">{t('admin.people.csv.member')}</th>
                </tr>
              </thead>
              <tbody>
                {troubled.slice(0, SHOWN).map(({ line, accountId, memberId, verdict }) => (
                  <tr key={line}>
                    <td>{number(line)}</td>
                    <td>{t(`admin.people.csv.verdicts.${verdict}`)}</td>
                    <td>{plainName(short(accountId))}</td>
                    <td>{plainName(short(memberId))}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {troubled.length > SHOWN && (
            <p className="subtle small">{t('admin.people.csv.moreTroubled', { shown: SHOWN, all: troubled.length })}</p>
          )}
        </>
      )}
      <div>
        <Button spacing="compact" onClick={() => saveFile('shorter-loop-import-report.csv', [csvOf(report)])}>
          {t('admin.people.csv.saveReport')}
        </Button>
      </div>
    </>
  );
}

function csvOf(report: readonly ReportRow[]): string {
  return writeCsv(
    ['line', 'accountId', 'memberId', 'verdict'],
    report.map(({ line, accountId, memberId, verdict }) => [line, accountId, memberId, verdict]),
  );
}
