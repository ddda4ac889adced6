import Heading from '@atlaskit/heading';
import { useState } from 'react';
import type { PageProblem } from '../../shared/ask';
import { ProblemMessage } from '../../shared/ProblemMessage';
import { texts } from '../../texts';
import { CreatedCaller } from './CreatedCaller';
import { HookList } from './HookList';
import { NewCaller } from './NewCaller';
import { useHooks } from './useHooks';

/** Callers from outside: tools that send web requests, each with a secret of its own. */
export function HooksSection() {
  const words = texts.admin.hooks;
  const { state, created, load, create, revoke } = useHooks();
  const [problem, setProblem] = useState<PageProblem | null>(null);
  return (
    <section className="group">
      <Heading as="h2" size="small">
        {words.title}
      </Heading>
      <p>{words.intro}</p>
      {state.phase === 'loading' && (
        <p role="status" className="subtle">
          {words.loading}
        </p>
      )}
      {state.phase === 'failed' && <ProblemMessage problem={state.problem} onRetry={load} onReload={load} />}
      {state.phase === 'open' && (
        <>
          <HookList hooks={state.view.hooks} onRevoke={async (id) => setProblem(await revoke(id))} />
          {created !== null && <CreatedCaller created={created} />}
          <NewCaller onCreate={create} />
        </>
      )}
      {problem !== null && (
        <div role="alert">
          <ProblemMessage problem={problem} onRetry={load} onReload={load} />
        </div>
      )}
    </section>
  );
}
