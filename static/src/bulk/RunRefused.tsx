import { useContext } from 'react';
import type { BulkAct, Problem } from '@contract';
import { AskedForContext } from '../shared/askedFor';
import { problemText } from '../shared/problemText';
import { SettingsLink } from '../shared/SettingsLink';
import { t } from '../i18n';

type RunRefusedProps = {
  readonly problem: Problem;
  /** What is refused, where it is one act. */
  readonly act?: BulkAct['kind'];
};

/** Why the viewer can't start or resume a run, or make another of it, in a line; admins are led to the settings. */
export function RunRefused({ problem, act }: RunRefusedProps) {
  const asked = useContext(AskedForContext);
  const { title, cause, next } = problemText(problem, act === undefined ? asked : { ...asked, act });
  const isOthers = problem.code === 'run' && problem.cause === 'others';
  return (
    <div className="subtle small">
      <p>{isOthers ? t('bulk.refused.others') : `${title}. ${cause} ${next}`}</p>
      <SettingsLink problems={[problem]} />
    </div>
  );
}
