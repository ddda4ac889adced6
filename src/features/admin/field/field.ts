import { z } from 'zod';
import {
  labelledSegments,
  MAX_FIELD_SEGMENTS,
  MOST_DUE_COUNTED,
  ok,
  type FieldProgress,
  type FieldSettings,
  type FieldView,
  type Result,
} from '../../../contract';
import {
  countDue,
  readDirectory,
  readFieldFilling,
  readFieldSettings,
  writeFieldSettings,
} from '../../../adapters/store';
import { pushFieldFill } from '../../../usecases/jobs';
import { fieldIdOfSite } from '../../../usecases/lookup';
import { parseInput } from '../../../usecases/result';
import type { AdminRequest } from '../request';

const settingsSchema: z.ZodType<FieldSettings> = z.object({
  isOn: z.boolean(),
  segmentIds: z
    .array(z.int().positive())
    .max(MAX_FIELD_SEGMENTS)
    .refine((ids) => new Set(ids).size === ids.length),
});

/** What the field shows, from which segments an admin chooses, and how far it has come. */
export async function field(): Promise<Result<FieldView>> {
  const [{ isOn, segmentIds }, directoryMeta] = await Promise.all([readFieldSettings(), readDirectory()]);
  const segments = directoryMeta?.complete?.segments ?? [];
  return ok({
    settings: { isOn, segmentIds },
    segments: labelledSegments(segments.map(({ id, name }) => ({ id, name }))),
    progress: await progressOf(isOn),
  });
}

/**
 * Stores what the field shows, and has it filled, or emptied where it is switched off. What is chosen may name segments
 * that are there no longer: they show nothing.
 */
export async function saveField(_request: AdminRequest, payload: unknown): Promise<Result<FieldView>> {
  const input = parseInput(settingsSchema, payload);
  if (input.kind === 'problem') return input;
  await writeFieldSettings(input.value, Date.now());
  await pushFieldFill({}, 0);
  return field();
}

async function progressOf(isOn: boolean): Promise<FieldProgress> {
  const [filling, people] = await Promise.all([readFieldFilling(), countDue(MOST_DUE_COUNTED)]);
  if (!isOn && people === 0) return { kind: 'off' };
  // Where Jira can't say now, what was known last holds.
  const fieldId = await fieldIdOfSite();
  if (fieldId.kind === 'ok' && fieldId.value === null) return { kind: 'absent' };
  if (filling.restsUntilMs > Date.now()) return { kind: 'resting', people, untilMs: filling.restsUntilMs };
  if (people > 0 || filling.sweep !== null) return { kind: 'filling', people };
  return { kind: 'done', atMs: filling.doneAtMs };
}
