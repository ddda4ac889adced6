import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { PANEL_ACTS, ok, type InviteInput, type InviteResult, type Result } from '../../contract';
import { byId } from '../../domain/segments';
import { authorizeChange } from '../../usecases/lookup';
import { parseInput } from '../../usecases/result';
import { inviteReporter } from '../../usecases/write';
import { panelViewOfResolved } from './open';
import type { PanelRequest } from './request';

const inviteSchema: z.ZodType<InviteInput> = z.object({ toSegmentId: z.int().positive() });

/** Adds a reporter whom no segment has to one, by the email address that Jira tells. */
export async function invite(request: PanelRequest, payload: unknown): Promise<Result<InviteResult>> {
  const input = parseInput(inviteSchema, payload);
  if (input.kind === 'problem') return input;
  const subject = await authorizeChange(request.issueId, 'add', [], PANEL_ACTS);
  if (subject.kind === 'problem') return subject;
  const { viewerAccountId: actorAccountId } = request;
  const origin = { operationId: randomUUID(), entryPoint: 'panel', actorAccountId } as const;
  const invited = await inviteReporter(subject.value, byId(input.value.toSegmentId), origin);
  if (invited.kind === 'problem') return invited;
  const { outcome, to, known } = invited.value;
  return ok({ outcome, to, view: panelViewOfResolved(actorAccountId, known, subject.value.refusals) });
}
