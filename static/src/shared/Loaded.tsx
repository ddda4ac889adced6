import type { ReactNode } from 'react';
import { ProblemMessage } from './ProblemMessage';
import type { LoadState } from './useLoaded';
import { Waiting } from './Waiting';

type LoadedProps<T> = {
  readonly state: LoadState<T>;
  /** What is being waited for, for those who can't see the spinner. */
  readonly label: string;
  readonly onReload: () => void;
  readonly children: (value: T) => ReactNode;
};

/** What was asked for once it is there; until then a spinner, or the problem in its way with another try. */
export function Loaded<T>({ state, label, onReload, children }: LoadedProps<T>) {
  switch (state.phase) {
    case 'loading':
      return <Waiting label={label} />;
    case 'failed':
      return (
        <div role="alert">
          <ProblemMessage problem={state.problem} onRetry={onReload} onReload={onReload} />
        </div>
      );
    case 'open':
      return children(state.value);
  }
}
