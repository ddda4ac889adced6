import Button from '@atlaskit/button/new';
import { labelledSegments } from '@contract';
import { number, t } from '../../i18n';
import type { ShownSegment } from './shownSegment';

/** What can be done with one segment. */
export type SegmentAct = 'rename' | 'add' | 'mail' | 'delete';

const ACTS: readonly SegmentAct[] = ['rename', 'add', 'mail', 'delete'];

type SegmentTableProps = {
  readonly segments: readonly ShownSegment[];
  readonly writesOn: boolean;
  readonly onAct: (act: SegmentAct, segment: ShownSegment) => void;
};

/** The segments in Shorter Loop's order, each with its number of members and what can be done with it. */
export function SegmentTable({ segments, writesOn, onAct }: SegmentTableProps) {
  if (segments.length === 0) return <p className="subtle">{t('admin.segments.none')}</p>;
  return (
    <table className="segments-table">
      <thead>
        <tr>
          <th scope="col">{t('admin.segments.name')}</th>
          <th scope="col" className="segments-number">
            {t('admin.segments.members')}
          </th>
          {writesOn && <th scope="col">{t('admin.segments.actions')}</th>}
        </tr>
      </thead>
      <tbody>
        {labelledSegments(segments).map((segment, nth) => (
          <tr key={segment.id}>
            <th scope="row">
              <bdi>{segment.name}</bdi>
            </th>
            <td className="segments-number">{number(segment.members)}</td>
            {writesOn && (
              <td>
                <div className="segments-actions">
                  {ACTS.map((act) => (
                    <Button
                      key={act}
                      appearance="subtle"
                      spacing="compact"
                      aria-label={t(`admin.segments.${act}Of`, { segment: segment.name })}
                      onClick={() => onAct(act, segments[nth] ?? segment)}
                    >
                      {t(`admin.segments.${act}`)}
                    </Button>
                  ))}
                </div>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
