import { z } from 'zod';
import { type HistoryInput, type HistoryRow, type Result, type Segment, ok } from '../../contract';
import { readPast } from '../../usecases/lookup';
import { parseInput } from '../../usecases/result';
import type { SegmentMembers } from '../../domain/segments';
import { historyRows } from './view';
import type { PanelRequest } from './request';

const id = z.int().positive();
const historySchema: z.ZodType<HistoryInput> = z.object({
  shown: z.object({ id, segmentIds: z.array(id).max(10_000) }).nullable(),
});

/**
 * The reporter's history, which the opening leaves out. What can be undone is told by where the page shows the member:
 * that only decides what is offered, and an undo reads for itself where they are.
 */
export async function history({ issueId }: PanelRequest, payload: unknown): Promise<Result<readonly HistoryRow[]>> {
  const input = parseInput(historySchema, payload);
  if (input.kind === 'problem') return input;
  const past = await readPast(issueId);
  if (past.kind === 'problem') return past;
  if (past.value === null) return ok([]);
  const { reporter, linkedMemberId, segments, history: entries, gate } = past.value;
  const { shown } = input.value;
  const memberId = shown !== null && shown.id === linkedMemberId ? linkedMemberId : null;
  return ok(historyRows({ reporter, memberId, segments: segmentsOf(segments, shown), history: entries, gate }));
}

/** Segments with the one member in them whom the page shows there. */
function segmentsOf(known: readonly Segment[], shown: HistoryInput['shown']): SegmentMembers[] {
  const unknown = (shown?.segmentIds ?? []).filter((segmentId) => !known.some((segment) => segment.id === segmentId));
  return [...known, ...unknown.map((segmentId) => ({ id: segmentId, name: '' }))].map((segment) => ({
    ...segment,
    members: shown?.segmentIds.includes(segment.id) === true ? [{ id: shown.id }] : [],
  }));
}
