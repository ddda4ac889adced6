import Button from '@atlaskit/button/new';
import type { MemberView, Segment } from '@contract';
import { memberName, segmentsOf } from '../shared/people';
import { t } from '../i18n';

type MembershipsProps = {
  readonly member: MemberView;
  readonly segments: readonly Segment[];
  readonly isBusy: boolean;
  /** What can't be done is not offered: the panel says why. */
  readonly mayMove: boolean;
  readonly mayRemove: boolean;
  readonly onMove: (from: Segment) => void;
  readonly onRemove: (from: Segment) => void;
};

/** The segments that the member is in, each with its two writes. */
export function Memberships({ member, segments, isBusy, mayMove, mayRemove, onMove, onRemove }: MembershipsProps) {
  const memberships = segmentsOf(segments, member.segmentIds);
  const hasTarget = segments.some(({ id }) => !member.segmentIds.includes(id));
  return (
    <section className="section">
      <h2 className="section-title">{t('panel.segments')}</h2>
      {memberships.length === 0 ? (
        <p className="subtle">{t('panel.noMembership', { who: memberName(member) })}</p>
      ) : (
        <ul className="rows" aria-label={t('panel.segments')}>
          {memberships.map((segment) => (
            <li key={segment.id} className="row">
              <span className="grow name">
                <bdi>{segment.name}</bdi>
              </span>
              {(mayMove || mayRemove) && (
                <div className="row-actions">
                  {mayMove && hasTarget && (
                    <Button
                      spacing="compact"
                      isDisabled={isBusy}
                      aria-label={t('panel.move.openFrom', { from: segment.name })}
                      onClick={() => onMove(segment)}
                    >
                      {t('panel.move.open')}
                    </Button>
                  )}
                  {mayRemove && (
                    <Button
                      appearance="subtle"
                      spacing="compact"
                      isDisabled={isBusy}
                      aria-label={t('panel.remove.openFrom', { from: segment.name })}
                      onClick={() => onRemove(segment)}
                    >
                      {t('panel.remove.open')}
                    </Button>
                  )}
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {memberships.length > 0 && !hasTarget && <p className="subtle small">{t('panel.noTarget')}</p>}
    </section>
  );
}
