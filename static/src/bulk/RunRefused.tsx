import { useContext } from 'react';
import type { Problem } from '@contract';
import { AskedForContext } from '../shared/askedFor';
import { problemText } from '../shared/problemText';
import { t } from '../i18n';

/** Why the viewer can't start or resume a run, or make another of it, in a line. */
export function RunRefused({ problem }: { readonly problem: Problem }) {
  const { title, cause, next } = problemText(problem, useContext(AskedForContext));
  const isOthers = problem.code === 'run' && problem.cause === 'others';
  return <p className="subtle small">{isOthers ? t('bulk.refused.others') : `${title}. ${cause} ${next}`}</p>;
}
