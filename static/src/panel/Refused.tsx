import { useContext } from 'react';
import type { PanelOffer, PanelView } from '@contract';
import { list, t } from '../i18n';
import { AskedForContext } from '../shared/askedFor';
import { problemText } from '../shared/problemText';
import { SettingsLink } from '../shared/SettingsLink';

type RefusedProps = {
  readonly refusals: PanelView['refusals'];
  /** What the panel would offer now, if it were allowed. */
  readonly acts: readonly PanelOffer[];
};

/** What the viewer may not do here, and which permission or group it takes: a line for each that is lacking. */
export function Refused({ refusals, acts }: RefusedProps) {
  const place = useContext(AskedForContext);
  const byReason = new Map<string, PanelOffer[]>();
  const problems = acts.flatMap((act) => refusals[act] ?? []);
  for (const act of acts) {
    const problem = refusals[act];
    if (problem === null) continue;
    const { cause, next } = problemText(problem, { ...place, act: act === 'invite' ? 'add' : act });
    const why = `${cause} ${next}`;
    byReason.set(why, [...(byReason.get(why) ?? []), act]);
  }
  if (byReason.size === 0) return null;
  return (
    <div className="refused subtle small">
      {[...byReason].map(([why, refused]) => (
        <p key={why}>{t('panel.refused', { acts: list(refused.map((act) => t(`panel.acts.${act}`))), why })}</p>
      ))}
      <SettingsLink problems={problems} />
    </div>
  );
}
