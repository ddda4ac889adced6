import type { WriteStop } from '@contract';
import { t } from '../../i18n';
import { StopCard } from './StopCard';

type StopsBannerProps = { readonly stops: readonly WriteStop[]; readonly onResumed: () => void };

/** Every kind of write that rests, above all tabs: somebody may be missing from a segment. */
export function StopsBanner({ stops, onResumed }: StopsBannerProps) {
  if (stops.length === 0) return null;
  return (
    <section className="group" aria-label={t('admin.stops.label')}>
      {stops.map((stop) => (
        <StopCard key={`${stop.kind} ${stop.operationId}`} stop={stop} onResumed={onResumed} />
      ))}
    </section>
  );
}
