import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { MemberView, Segment } from '@contract';
import { memberName, segmentsOf } from '../shared/people';
import { t } from '../i18n';
import type { PanelAction } from './action';
import { newOperationId } from './operationId';
import { MembershipRow, type RowActs } from './MembershipRow';
import { SegmentPicker } from './SegmentPicker';
import type { Running } from './usePanel';

type MembershipsProps = {
  readonly member: MemberView;
  readonly segments: readonly Segment[];
  readonly running: Running;
  /** What can't be done is not offered: the panel says why. */
  readonly may: RowActs & { readonly add: boolean };
  readonly onAction: (action: PanelAction) => void;
};

/** Where the list to choose from is open: at a membership, for adding, or nowhere. */
type Picking = number | 'add' | null;

/** The segments that the member is in: each can be left for another in one step, and others be added. */
export function Memberships({ member, segments, running, may, onAction }: MembershipsProps) {
  const [picking, setPicking] = useState<Picking>(null);
  const memberships = segmentsOf(segments, member.segmentIds);
  const targets = segments.filter(({ id }) => !member.segmentIds.includes(id));
  const hasTarget = targets.length > 0;
  const close = () => setPicking(null);
  const act = (action: PanelAction) => {
    close();
    onAction(action);
  };
  const who = memberName(member);
  return (
    <section className="section">
      <h2 className="section-title">{t('panel.segments')}</h2>
      {memberships.length === 0 ? (
        <p className="subtle">{t(may.add ? 'panel.inNone' : 'panel.noMembership', { who })}</p>
      ) : (
        <ul className="rows" aria-label={t('panel.segments')}>
          {memberships.map((segment) => (
            <MembershipRow
              key={segment.id}
              member={member}
              segment={segment}
              targets={targets}
              running={running}
              may={may}
              isPicking={picking === segment.id}
              onPick={(isOpen) => setPicking(isOpen ? segment.id : null)}
              onAction={act}
            />
          ))}
        </ul>
      )}
      {memberships.length > 0 && !hasTarget && <p className="subtle small">{t('panel.noTarget')}</p>}
      {may.add && hasTarget && (
        <div>
          <Button
            spacing="compact"
            isDisabled={running !== null}
            aria-expanded={picking === 'add'}
            onClick={() => setPicking(picking === 'add' ? null : 'add')}
          >
            {running?.kind === 'add' ? t('panel.add.busy') : t('panel.add.open')}
          </Button>
        </div>
      )}
      {picking === 'add' && (
        <SegmentPicker
          label={t('panel.add.label', { who })}
          segments={targets}
          onCancel={close}
          onChoose={(to) => act({ kind: 'add', operationId: newOperationId(), member, to })}
        />
      )}
    </section>
  );
}
