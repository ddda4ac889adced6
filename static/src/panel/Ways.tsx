import Button from '@atlaskit/button/new';
import { router } from '@forge/bridge';
import { useEffect, useState } from 'react';
import type { OtherWorkItems, PanelView } from '@contract';
import { t } from '../i18n';
import { ask } from '../shared/ask';
import { invoke } from './api';

/** Ways on from the reporter: to their other work items, and to Shorter Loop. */
export function Ways({ view }: { readonly view: PanelView }) {
  const { reporter, match, shorterLoopUrl } = view;
  const isPerson = match.state !== 'noReporter' && match.state !== 'notAPerson';
  const others = useOthers(isPerson ? (reporter?.accountId ?? null) : null);
  if (others === null && shorterLoopUrl === null) return null;
  return (
    <p className="ways small">
      {others !== null && others.count === 0 && <span className="subtle">{t('panel.others', { count: 0 })}</span>}
      {others !== null && others.count > 0 && (
        <Button
          appearance="subtle"
          spacing="compact"
          onClick={() => void router.open(`/issues/?jql=${encodeURIComponent(others.jql)}`)}
        >
          {t('panel.others', { count: others.count })}
        </Button>
      )}
      {shorterLoopUrl !== null && (
        <Button appearance="subtle" spacing="compact" onClick={() => void router.open(shorterLoopUrl)}>
          {t('panel.openShorterLoop')}
        </Button>
      )}
    </p>
  );
}

/** The reporter's other work items, once the page stands; null until then, and where they can't be counted. */
function useOthers(accountId: string | null): OtherWorkItems | null {
  const [others, setOthers] = useState<OtherWorkItems | null>(null);
  useEffect(() => {
    if (accountId === null) return;
    let isCurrent = true;
    void ask<OtherWorkItems>(invoke('panel.others')).then((answer) => {
      if (isCurrent) setOthers(answer.kind === 'ok' ? answer.value : null);
    });
    return () => {
      isCurrent = false;
    };
  }, [accountId]);
  return others;
}
