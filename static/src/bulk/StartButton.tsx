import Button from '@atlaskit/button/new';
import type { RunView } from '@contract';
import { t } from '../i18n';

type StartButtonProps = {
  readonly run: RunView;
  readonly isBusy: boolean;
  readonly onStart: () => void;
};

const TEXTS = {
  add: 'bulk.preview.startAdd',
  move: 'bulk.preview.start',
  remove: 'bulk.preview.startRemove',
} as const;

/** Starts the writes of a run, and tells how many there are. */
export function StartButton({ run, isBusy, onStart }: StartButtonProps) {
  const { kind } = run.act;
  return (
    <Button appearance={kind === 'remove' ? 'danger' : 'primary'} isLoading={isBusy} onClick={onStart}>
      {t(TEXTS[kind], { count: run.verdicts.willWrite })}
    </Button>
  );
}
