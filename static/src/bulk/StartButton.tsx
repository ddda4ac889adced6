import Button from '@atlaskit/button/new';
import type { RunView } from '@contract';
import { t } from '../i18n';

type StartButtonProps = {
  readonly run: RunView;
  readonly isBusy: boolean;
  readonly onStart: () => void;
};

/** Starts the writes of a run, and tells how many there are. */
export function StartButton({ run, isBusy, onStart }: StartButtonProps) {
  const count = run.verdicts.willWrite;
  const isRemoval = run.act.kind === 'remove';
  return (
    <Button appearance={isRemoval ? 'danger' : 'primary'} isLoading={isBusy} onClick={onStart}>
      {isRemoval ? t('bulk.preview.startRemove', { count }) : t('bulk.preview.start', { count })}
    </Button>
  );
}
