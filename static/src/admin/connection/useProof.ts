import { useState } from 'react';
import type { LedgerEntry, ProvingGround, TestStepResult } from '@contract';
import { ask, type PageProblem } from '../../shared/ask';
import { invoke } from '../api';
import type { ProofMove } from './ProofSteps';

/** A proof by a move there and back: what to choose from, what was done, and what it showed. */
export type Proof = {
  readonly ground: ProvingGround | null;
  readonly isBusy: boolean;
  readonly problem: PageProblem | null;
  readonly moves: readonly ProofMove[];
  readonly verdict: 'proven' | 'notProven' | null;
  /** Reads the segments, and the members of the one with this id. */
  readonly look: (segmentId: number | null) => Promise<void>;
  readonly prove: (memberId: number, fromSegmentId: number, toSegmentId: number) => Promise<void>;
};

/** Makes the two moves one after the other, each as a request of its own. Only a confirmed move is moved back. */
export function useProof(onProven: () => void): Proof {
  const [ground, setGround] = useState<ProvingGround | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<PageProblem | null>(null);
  const [moves, setMoves] = useState<readonly ProofMove[]>([]);
  const [verdict, setVerdict] = useState<Proof['verdict']>(null);

  const look = async (segmentId: number | null) => {
    setIsBusy(true);
    const asked = await ask<ProvingGround>(invoke('admin.provingGround', { segmentId }));
    setIsBusy(false);
    setProblem(asked.kind === 'problem' ? asked.problem : null);
    if (asked.kind === 'ok') setGround(asked.value);
  };

  const move = async (
    step: 'moveThere' | 'moveBack',
    input: { memberId: number; fromSegmentId: number; toSegmentId: number },
    undoes: string | null,
  ): Promise<TestStepResult | null> => {
    const test = { ...input, withAdding: false, withRemoving: false };
    const asked = await ask<TestStepResult>(
      invoke('admin.testStep', { step, operationId: crypto.randomUUID(), undoes, ...test }),
    );
    if (asked.kind === 'ok') return asked.value;
    setProblem(asked.problem);
    return null;
  };

  const prove = async (memberId: number, fromSegmentId: number, toSegmentId: number) => {
    setIsBusy(true);
    setProblem(null);
    setVerdict(null);
    setMoves([{ direction: 'there', entry: null }]);
    const there = await move('moveThere', { memberId, fromSegmentId, toSegmentId }, null);
    const done: ProofMove[] = there === null ? [] : [{ direction: 'there', entry: there.entry }];
    setMoves(done);
    let isProven = false;
    if (there !== null && isConfirmed(there.entry)) {
      setMoves([...done, { direction: 'back', entry: null }]);
      const back = await move('moveBack', { memberId, fromSegmentId, toSegmentId }, there.entry.operationId);
      setMoves(back === null ? done : [...done, { direction: 'back', entry: back.entry }]);
      isProven = back?.proves === 'move';
    }
    setVerdict(isProven ? 'proven' : 'notProven');
    setIsBusy(false);
    if (isProven) onProven();
  };

  return { ground, isBusy, problem, moves, verdict, look, prove };
}

function isConfirmed({ members }: LedgerEntry): boolean {
  return members.every(({ outcome }) => outcome === 'confirmed');
}
