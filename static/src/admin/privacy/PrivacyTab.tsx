import type { PrivacyView } from '@contract';
import { Loaded } from '../../shared/Loaded';
import { Section } from '../../shared/Section';
import { exactTimeText } from '../../shared/timeText';
import { useLoaded } from '../../shared/useLoaded';
import { t } from '../../i18n';
import { invoke } from '../api';
import './privacy.css';

const load = () => invoke('admin.privacy');
const KEPT = ['links', 'ledger', 'waiting', 'directory', 'counts', 'runs', 'apiClients', 'emails', 'names'] as const;

/** What the app keeps about people, where it goes, and how long. @see docs/privacy.md */
export function PrivacyTab() {
  const { state, reload } = useLoaded<PrivacyView>(load);
  return (
    <Loaded state={state} label={t('admin.privacy.loading')} onReload={reload}>
      {({ cycle, ledgerDays }) => (
        <>
          <Section title={t('admin.privacy.title')}>
            <p>{t('admin.privacy.intro')}</p>
            <table className="kept">
              <thead>
                <tr>
                  <th scope="col">{t('admin.privacy.kept.what')}</th>
                  <th scope="col">{t('admin.privacy.kept.where')}</th>
                  <th scope="col">{t('admin.privacy.kept.long')}</th>
                </tr>
              </thead>
              <tbody>
                {KEPT.map((kind) => (
                  <tr key={kind}>
                    <td>{t(`admin.privacy.kept.${kind}.what`)}</td>
                    <td>{t(`admin.privacy.kept.${kind}.where`)}</td>
                    <td>{t(`admin.privacy.kept.${kind}.long`, { days: ledgerDays })}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Section>
          <Section title={t('admin.privacy.cycle.title')}>
            <p>{t('admin.privacy.cycle.intro')}</p>
            <p className="subtle">{cycleText(cycle)}</p>
          </Section>
          <Section title={t('admin.privacy.uninstall.title')}>
            <p>{t('admin.privacy.uninstall.text')}</p>
          </Section>
        </>
      )}
    </Loaded>
  );
}

function cycleText(cycle: PrivacyView['cycle']): string {
  if (cycle === null) return t('admin.privacy.cycle.never');
  const { startedAtMs, finishedAtMs, reported, erased } = cycle;
  if (finishedAtMs === null)
    return t('admin.privacy.cycle.running', { time: exactTimeText(startedAtMs), count: reported });
  return t('admin.privacy.cycle.done', { time: exactTimeText(finishedAtMs), count: reported, erased });
}
