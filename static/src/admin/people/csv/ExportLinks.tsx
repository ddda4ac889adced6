import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { ExportedLink } from '@contract';
import { t } from '../../../i18n';
import type { Asked } from '../../../shared/ask';
import { ProblemMessage } from '../../../shared/ProblemMessage';
import { fetchLinks } from './transfer';
import { saveFile } from '../../../shared/saveFile';
import { writeCsv } from './writeCsv';

/** All links as a file. */
export function ExportLinks() {
  const [read, setRead] = useState<number | null>(null);
  const [came, setCame] = useState<Asked<readonly ExportedLink[]> | null>(null);
  const start = async () => {
    if (read !== null) return;
    setRead(0);
    const asked = await fetchLinks(setRead);
    setRead(null);
    setCame(asked);
    if (asked.kind === 'ok')
      saveFile('shorter-loop-links.csv', [
        writeCsv(
          ['accountId', 'memberId', 'how'],
          asked.value.map(({ accountId, memberId, how }) => [accountId, memberId, how]),
        ),
      ]);
  };
  return (
    <>
      <div className="people-line">
        <Button isLoading={read !== null} onClick={() => void start()}>
          {t('admin.people.csv.export')}
        </Button>
        <span role="status" className="subtle small">
          {read !== null && t('admin.people.csv.exporting', { count: read })}
          {read === null && came?.kind === 'ok' && t('admin.people.csv.exported', { count: came.value.length })}
        </span>
      </div>
      {came?.kind === 'problem' && (
        <div role="alert">
          <ProblemMessage problem={came.problem} onRetry={() => void start()} onReload={() => void start()} />
        </div>
      )}
    </>
  );
}
