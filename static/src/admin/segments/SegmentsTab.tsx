import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { SegmentsView } from '@contract';
import { t } from '../../i18n';
import { Loaded } from '../../shared/Loaded';
import { Message } from '../../shared/Message';
import { Section } from '../../shared/Section';
import { DeleteDialog } from './DeleteDialog';
import { MailDialog } from './MailDialog';
import { NameDialog } from './NameDialog';
import { NoticeMessage } from './NoticeMessage';
import { PeopleDialog } from './PeopleDialog';
import './segments.css';
import { SegmentTable, type SegmentAct } from './SegmentTable';
import type { ShownSegment } from './shownSegment';
import { useSegments } from './useSegments';

type Open = { readonly act: SegmentAct; readonly segment: ShownSegment } | { readonly act: 'create' | 'invite' } | null;

/** The segments of the initiative, and what can be done with them and the people in them. */
export function SegmentsTab() {
  const segments = useSegments();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <Section title={t('admin.segments.title')}>
      <p>{t('admin.segments.intro')}</p>
      <NoticeMessage
        notice={open === null ? segments.notice : null}
        onRetry={segments.reload}
        onReload={segments.reload}
      />
      <Loaded state={segments.state} label={t('admin.segments.loading')} onReload={segments.reload}>
        {(view) => (
          <>
            {view.writesOn ? (
              <div className="actions">
                <Button onClick={() => setOpen({ act: 'create' })}>{t('admin.segments.create')}</Button>
                <Button onClick={() => setOpen({ act: 'invite' })}>{t('admin.segments.invite')}</Button>
              </div>
            ) : (
              <Message tone="warning" title={t('problems.notProven.title')}>
                <p>{t('problems.notProven.next')}</p>
              </Message>
            )}
            <SegmentTable
              segments={view.segments}
              writesOn={view.writesOn}
              onAct={(act, segment) => setOpen({ act, segment })}
            />
            {open !== null && <OpenDialog open={open} view={view} segments={segments} onClose={close} />}
          </>
        )}
      </Loaded>
    </Section>
  );
}

type OpenDialogProps = {
  readonly open: NonNullable<Open>;
  readonly view: SegmentsView;
  readonly segments: ReturnType<typeof useSegments>;
  readonly onClose: () => void;
};

function OpenDialog({ open, view: { proven }, segments, onClose }: OpenDialogProps) {
  const common = { segments, proven, onClose };
  switch (open.act) {
    case 'create':
      return <NameDialog segment={null} {...common} />;
    case 'rename':
      return <NameDialog segment={open.segment} {...common} />;
    case 'delete':
      return <DeleteDialog segment={open.segment} {...common} />;
    case 'add':
      return <PeopleDialog segment={open.segment} {...common} />;
    case 'invite':
      return <PeopleDialog segment={null} {...common} />;
    case 'mail':
      return <MailDialog segment={open.segment} {...common} />;
  }
}
