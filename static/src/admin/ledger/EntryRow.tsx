import Button from '@atlaskit/button/new';
import { useId, useState } from 'react';
import type { ApiClientNames, LedgerRecord } from '@contract';
import type { ActorNames } from '../../shared/actorNames';
import { Status } from '../../shared/Status';
import { Time } from '../../shared/Time';
import { t } from '../../i18n';
import { WhoWasChanged } from '../stops';
import { EntryDetails } from './EntryDetails';
import { entryPointText, explanationOf, OUTCOME_TONES, outcomeText, outcomeOf, sentenceOf } from './entryText';
import type { FilterForm } from './filter';
import { apiClientNameOf, nameOf } from './names';
import { strayTexts } from './strayText';

type EntryRowProps = {
  readonly entry: LedgerRecord;
  readonly names: ActorNames;
  readonly apiClients: ApiClientNames;
  readonly onNarrow: (narrowed: Partial<FilterForm>) => void;
};

/** One write: who asked for what, what became of it, and why. */
export function EntryRow({ entry, names, apiClients, onNarrow }: EntryRowProps) {
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const outcome = outcomeOf(entry);
  const by = nameOf(names, entry.actorAccountId);
  const reporter = nameOf(names, entry.reporterAccountId);
  const apiClient = apiClientNameOf(entry, apiClients);
  const beside = strayTexts(entry);
  return (
    <li className="ledger-entry">
      <div className="ledger-line">
        <p className="grow">{sentenceOf(entry, by, reporter)}</p>
        <Status tone={OUTCOME_TONES[outcome]} text={outcomeText(outcome)} />
      </div>
      <p className="subtle small">
        <Time atMs={entry.intendedAtMs} />
        {t('common.separator')}
        {entryPointText(entry.entryPoint)}
        {apiClient !== null && `${t('common.separator')}${apiClient}`}
        {entry.issueKey !== null && `${t('common.separator')}${entry.issueKey}`}
      </p>
      {beside.length > 0 && (
        <>
          <p className="small">{beside.join(' ')}</p>
          <WhoWasChanged operationId={entry.operationId} />
        </>
      )}
      {outcome !== 'confirmed' && <p className="small">{explanationOf(entry).join(' ')}</p>}
      <div>
        <Button spacing="compact" aria-expanded={isOpen} aria-controls={id} onClick={() => setIsOpen(!isOpen)}>
          {t(isOpen ? 'admin.ledger.hideDetails' : 'admin.ledger.details')}
        </Button>
      </div>
      <div id={id}>
        {isOpen && <EntryDetails entry={entry} names={names} apiClients={apiClients} onNarrow={onNarrow} />}
      </div>
    </li>
  );
}
