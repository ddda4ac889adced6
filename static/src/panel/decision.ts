import type { Answer, LedgerEntry, MemberView, PanelView, Segment } from '@contract';
import { ask, type Asked } from '../shared/ask';
import { invoke } from './api';

/**
 * One thing that the user decided to do. A write has its operation id from the moment of the
 * decision: however often it is sent, it happens at most once.
 */
export type Decision =
  | {
      readonly kind: 'move';
      readonly operationId: string;
      readonly member: MemberView;
      readonly from: Segment;
      readonly to: Segment;
    }
  | { readonly kind: 'remove'; readonly operationId: string; readonly member: MemberView; readonly from: Segment }
  | { readonly kind: 'undo'; readonly operationId: string; readonly undoes: string }
  | { readonly kind: 'link'; readonly member: MemberView }
  | { readonly kind: 'unlink'; readonly member: MemberView };

/** What a decision led to: the panel as it is now, and the ledger entry of a write. */
export type Done = {
  readonly view: PanelView;
  readonly entry: LedgerEntry | null;
  readonly retryAfterMs: number | null;
};

/** Sends a decision to the app. */
export async function carryOut(decision: Decision): Promise<Asked<Done>> {
  switch (decision.kind) {
    case 'move': {
      const { operationId, member, from, to } = decision;
      return ask(
        invoke('panel.move', { operationId, memberId: member.id, fromSegmentId: from.id, toSegmentId: to.id }),
      );
    }
    case 'remove': {
      const { operationId, member, from } = decision;
      return ask(invoke('panel.remove', { operationId, memberId: member.id, fromSegmentId: from.id }));
    }
    case 'undo':
      return ask(invoke('panel.undo', { operationId: decision.operationId, undoes: decision.undoes }));
    case 'link':
      return withoutEntry(await ask<PanelView>(invoke('panel.link', { memberId: decision.member.id })));
    case 'unlink':
      return withoutEntry(await ask<PanelView>(invoke('panel.unlink', { memberId: decision.member.id })));
  }
}

/** The same decision as a new one: what was refused before is asked for under an id of its own. */
export function afresh(decision: Decision): Decision {
  return 'operationId' in decision ? { ...decision, operationId: newOperationId() } : decision;
}

/** A new operation id, for one decision. */
export function newOperationId(): string {
  return crypto.randomUUID();
}

function withoutEntry(asked: Asked<PanelView>): Asked<Done> {
  return asked.kind === 'ok' ? { kind: 'ok', value: { view: asked.value, entry: null, retryAfterMs: null } } : asked;
}

/** Reads everything that the panel shows. */
export function openPanel(): Promise<Asked<PanelView>> {
  const answer: Promise<Answer<PanelView>> = invoke('panel.open');
  return ask(answer);
}
