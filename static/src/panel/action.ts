import type { InviteResult, MemberView, PanelView, Result, Segment, WriteResult } from '@contract';
import { ask, type Asked } from '../shared/ask';
import { invoke } from './api';
import { newOperationId } from './operationId';

/**
 * One thing that the user decided to do. A write has its operation id from the moment of the
 * action: however often it is sent, it happens at most once.
 */
export type PanelAction =
  | {
      readonly kind: 'move';
      readonly operationId: string;
      readonly member: MemberView;
      readonly from: Segment;
      readonly to: Segment;
    }
  | { readonly kind: 'remove'; readonly operationId: string; readonly member: MemberView; readonly from: Segment }
  | { readonly kind: 'add'; readonly operationId: string; readonly member: MemberView; readonly to: Segment }
  | { readonly kind: 'invite'; readonly who: string; readonly to: Segment }
  | { readonly kind: 'undo'; readonly operationId: string; readonly undoes: string }
  | { readonly kind: 'link'; readonly member: MemberView }
  | { readonly kind: 'unlink'; readonly member: MemberView };

/** What an action led to: the panel as it is now, and the entry of a write. */
export type Done = {
  readonly view: PanelView;
  readonly entry: WriteResult['entry'] | null;
  readonly retryAfterMs: number | null;
  /** What became of adding somebody by their address; null for anything else. */
  readonly invited: Pick<InviteResult, 'outcome' | 'to'> | null;
};

/** Sends an action to the app. */
export async function submit(action: PanelAction): Promise<Asked<Done>> {
  switch (action.kind) {
    case 'move': {
      const { operationId, member, from, to } = action;
      return written(
        invoke('panel.move', { operationId, memberId: member.id, fromSegmentId: from.id, toSegmentId: to.id }),
      );
    }
    case 'remove': {
      const { operationId, member, from } = action;
      return written(invoke('panel.remove', { operationId, memberId: member.id, fromSegmentId: from.id }));
    }
    case 'add': {
      const { operationId, member, to } = action;
      return written(invoke('panel.add', { operationId, memberId: member.id, toSegmentId: to.id }));
    }
    case 'invite': {
      const asked = await ask<InviteResult>(invoke('panel.invite', { toSegmentId: action.to.id }));
      if (asked.kind === 'problem') return asked;
      const { outcome, to, view } = asked.value;
      return { kind: 'ok', value: { view, entry: null, retryAfterMs: null, invited: { outcome, to } } };
    }
    case 'undo':
      return written(invoke('panel.undo', { operationId: action.operationId, undoes: action.undoes }));
    case 'link':
      return withoutEntry(await ask<PanelView>(invoke('panel.link', { memberId: action.member.id })));
    case 'unlink':
      return withoutEntry(await ask<PanelView>(invoke('panel.unlink', { memberId: action.member.id })));
  }
}

/** The same action as a new one: what was refused before is asked for under an id of its own. */
export function afresh(action: PanelAction): PanelAction {
  return 'operationId' in action ? { ...action, operationId: newOperationId() } : action;
}

async function written(answer: Promise<Result<WriteResult>>): Promise<Asked<Done>> {
  const asked = await ask(answer);
  return asked.kind === 'ok' ? { kind: 'ok', value: { ...asked.value, invited: null } } : asked;
}

function withoutEntry(asked: Asked<PanelView>): Asked<Done> {
  return asked.kind === 'ok'
    ? { kind: 'ok', value: { view: asked.value, entry: null, retryAfterMs: null, invited: null } }
    : asked;
}

/** Asks Shorter Loop about the one person on screen; what was accepted and shows now is settled by it. */
export function readLive(): Promise<Asked<PanelView>> {
  const answer: Promise<Result<PanelView>> = invoke('panel.readThrough');
  return ask(answer);
}

/** Reads everything that the panel shows. */
export function openPanel(): Promise<Asked<PanelView>> {
  const answer: Promise<Result<PanelView>> = invoke('panel.open');
  return ask(answer);
}
