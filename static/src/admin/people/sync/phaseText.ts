import type { SyncProgress } from '@contract';
import { t } from '../../../i18n';
import { durationText } from '../../../shared/durationText';
import { exactTimeText, timeText } from '../../../shared/timeText';

/** What the sync is doing, and what follows. */
export function phaseText({ phase, restsUntilMs, finishedAtMs, leftMs }: SyncProgress, isAutomatic: boolean): string {
  switch (phase) {
    case 'waiting':
    case 'paused':
      return t(`admin.people.sync.phase.${phase}`);
    case 'reading':
      return leftMs === null
        ? t('admin.people.sync.phase.reading')
        : t('admin.people.sync.phase.readingFor', { left: durationText(leftMs) });
    case 'resting':
      return restsUntilMs === null
        ? t('admin.people.sync.phase.resting')
        : t('admin.people.sync.phase.restingUntil', { time: exactTimeText(restsUntilMs) });
    case 'done': {
      const next = t(isAutomatic ? 'admin.people.sync.phase.thenLinked' : 'admin.people.sync.phase.thenCounted');
      if (finishedAtMs === null) return `${t('admin.people.sync.phase.done')} ${next}`;
      return `${t('admin.people.sync.phase.doneAt', { time: timeText(finishedAtMs, Date.now()) })} ${next}`;
    }
  }
}
