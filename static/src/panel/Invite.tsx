import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { Segment } from '@contract';
import { t } from '../i18n';
import type { PanelAction } from './action';
import { SegmentPicker } from './SegmentPicker';
import type { Running } from './usePanel';

type InviteProps = {
  readonly who: string;
  readonly segments: readonly Segment[];
  readonly running: Running;
  readonly onAction: (action: PanelAction) => void;
};

/** Adds a reporter whom no segment has to one of them, and says first what that may send them. */
export function Invite({ who, segments, running, onAction }: InviteProps) {
  const [isPicking, setPicking] = useState(false);
  return (
    <div className="section">
      <div>
        <Button
          spacing="compact"
          isDisabled={running !== null}
          aria-expanded={isPicking}
          onClick={() => setPicking(!isPicking)}
        >
          {running?.kind === 'invite' ? t('panel.add.busy') : t('panel.invite.open')}
        </Button>
      </div>
      {isPicking && (
        <SegmentPicker
          label={t('panel.invite.label', { who })}
          hint={t('panel.invite.sends')}
          segments={segments}
          onCancel={() => setPicking(false)}
          onChoose={(to) => {
            setPicking(false);
            onAction({ kind: 'invite', who, to });
          }}
        />
      )}
    </div>
  );
}
