import fc from '../support/chance';
import { randomUUID } from 'node:crypto';
import type { Problem, Result, WriteResult } from '../../src/contract';
import { randomProfile } from '../../sandbox/shorterloop';
import { untilAnswered } from './admin';
import { losses, wrongStatements, type Told } from './judge';
import { latenessOf, openContactLab, type ContactLab } from './lab';
import { targetsOf, triesOf } from './places';
import { wrongOutcomes } from './statements';
import { begin, runOverCrowd, wrongView } from './visit';

/** What happens at a site after it was connected. */
type ContactStep = {
  readonly what: 'move' | 'remove' | 'add' | 'two' | 'run' | 'pass' | 'refresh';
  /** Who, from where, and to where: taken modulo what there is. */
  readonly pick: number;
  /** How much later, in milliseconds. */
  readonly afterMs: number;
};

/** A server by chance, and what happens there. */
export type ContactStory = { readonly seed: number; readonly steps: readonly ContactStep[] };

const step: fc.Arbitrary<ContactStep> = fc.record({
  what: fc.oneof(
    { weight: 5, arbitrary: fc.constant('move' as const) },
    { weight: 3, arbitrary: fc.constant('remove' as const) },
    { weight: 1, arbitrary: fc.constant('add' as const) },
    { weight: 2, arbitrary: fc.constant('two' as const) },
    { weight: 1, arbitrary: fc.constant('run' as const) },
    { weight: 1, arbitrary: fc.constant('pass' as const) },
    { weight: 1, arbitrary: fc.constant('refresh' as const) },
  ),
  pick: fc.nat(60),
  afterMs: fc.oneof(fc.constant(0), fc.nat(5_000), fc.nat(120_000), fc.nat(600_000)),
});

/** Any server, with any story. */
export const contactStory: fc.Arbitrary<ContactStory> = fc.record({
  seed: fc.nat(1_000_000),
  steps: fc.array(step, { maxLength: 7 }),
});

/** Plays a story from a fresh install, and tells what was said and not so, and who was lost without a word. */
export async function playStory({ seed, steps }: ContactStory): Promise<string[]> {
  const named = randomProfile(seed);
  const lab = await openContactLab(named);
  try {
    const begun = await begin(lab);
    const wrong: string[] = [];
    for (const one of begun.proofs.move === undefined ? [] : steps) {
      await lab.rest(one.afterMs + 1);
      await act(lab, one, wrong);
    }
    await lab.rest(1_200_000);
    for (const { issue } of triesOf(lab.site, 0)) wrong.push(...(await wrongView(lab, issue)));
    const told: Told = { ...begun, wrong };
    const ledger = await lab.ledger();
    const { lostPeople, strandedBystanders } = losses(lab.site.simulator, told, ledger);
    const open = ledger
      .filter(({ state }) => state !== 'finished')
      .map(({ kind, state }) => `a ${kind} is still ${state}`);
    return [...wrongStatements(named, lab.site.simulator, told, ledger), ...lostPeople, ...strandedBystanders, ...open];
  } finally {
    await lab.stop();
  }
}

async function act(lab: ContactLab, { what, pick }: ContactStep, wrong: string[]): Promise<void> {
  const { site } = lab;
  switch (what) {
    case 'pass':
      return;
    case 'refresh':
      return lab.run(() => site.refreshSlice());
    case 'run':
      await runOverCrowd(lab, pick % 2 === 1 ? 'add' : 'move');
      return;
    case 'two': {
      const both = [write(lab, 'move', pick), write(lab, 'move', pick + 1)];
      for (const ask of both) note(lab, await lab.run(() => ask()), wrong);
      return;
    }
    case 'add': {
      const [to = 0] = targetsOf(site);
      const [one] = triesOf(site, 0);
      const issueKey = site.jira.issues.find(({ state }) => state === one?.issue)?.key;
      await lab.run(() => site.action('add-reporter', { issueKey, target: `#${String(to)}` }));
      return;
    }
    case 'move':
    case 'remove': {
      const ask = write(lab, what, pick);
      note(lab, await untilAnswered(lab, ask), wrong);
    }
  }
}

/** A write from the panel of somebody, from one of the segments that they are in. */
function write(lab: ContactLab, kind: 'move' | 'remove', pick: number): () => Promise<Result<WriteResult>> {
  const { site } = lab;
  const tries = triesOf(site, 1);
  const one = tries[pick % Math.max(1, tries.length)];
  const nobody: Problem = { code: 'notLinked' };
  if (one === undefined) return () => Promise.resolve({ kind: 'problem', problem: nobody });
  const { issue, memberId } = one;
  const here = site.simulator.truth.membershipsOf(memberId);
  const from = here[pick % here.length] ?? 0;
  const others = targetsOf(site).filter((id) => !here.includes(id));
  const to = others[pick % Math.max(1, others.length)] ?? 0;
  const input = { operationId: randomUUID(), memberId, fromSegmentId: from };
  return () =>
    kind === 'move'
      ? site.panel('panel.move', { ...input, toSegmentId: to }, { issue })
      : site.panel('panel.remove', input, { issue });
}

function note(lab: ContactLab, answer: Result<WriteResult>, wrong: string[]): void {
  if (answer.kind === 'ok')
    wrong.push(
      ...wrongOutcomes(lab.site.simulator.truth, answer.value.entry, 'panel', { latenessMs: latenessOf(lab) }),
    );
}
