import { z } from 'zod';
import {
  NAME_LIMIT,
  PEOPLE_LIMIT,
  err,
  isSendableEmail,
  plainName,
  type Invitee,
  type ManageCall,
  type ManageInput,
  type Result,
} from '../../../contract';
import { sendableEmail } from '../../../domain/people';
import { parseInput } from '../../../usecases/result';

const id = z.int().positive();
/** What can't be seen of a name, or turns the text around it, is sent to nobody. */
const name = z.string().transform(plainName).pipe(z.string().min(1).max(NAME_LIMIT));
const optionalName = z
  .string()
  .transform(plainName)
  .pipe(z.string().max(NAME_LIMIT))
  .transform((text) => (text === '' ? null : text))
  .nullable();
const person: z.ZodType<Invitee> = z.object({
  email: z.string().transform(sendableEmail).refine(isSendableEmail),
  firstName: optionalName,
  lastName: optionalName,
});
const people = z.array(person).min(1).max(PEOPLE_LIMIT);
const memberIds = z.array(id).min(1).max(PEOPLE_LIMIT);
/** A subject is one line: what breaks it could become another header of the mail. */
const subject = z.string().transform(plainName).pipe(z.string().min(1).max(200));
const mail = { subject, message: z.string().trim().min(1).max(10_000) };

const callSchema: z.ZodType<ManageCall> = z.discriminatedUnion('route', [
  z.object({ route: z.literal('createSegment'), name }),
  z.object({ route: z.literal('renameSegment'), segmentId: id, name }),
  z.object({ route: z.literal('deleteSegment'), segmentId: id }),
  z.object({ route: z.enum(['addByEmail', 'importToSegment']), segmentId: id, people }),
  z.object({ route: z.enum(['createMembers', 'importMembers']), people }),
  z.object({ route: z.literal('emailSegment'), segmentId: id, ...mail }),
  z.object({ route: z.literal('emailMembers'), memberIds, ...mail }),
  z.object({ route: z.literal('reinvite'), memberIds }),
]);

const manageSchema: z.ZodType<ManageInput> = z.object({
  call: callSchema,
  people: z.int().nonnegative(),
  trial: z.boolean(),
});

/** Whose address is wrong, counted from 0. */
const AN_ADDRESS = /^call\.people\.(\d+)\.email$/;

/** What the page sends to have segments or people managed. An address that can't be sent is told by its place. */
export function parseManage(payload: unknown): Result<ManageInput> {
  const input = parseInput(manageSchema, payload);
  if (input.kind === 'ok' || input.problem.code !== 'invalidInput') return input;
  const place = AN_ADDRESS.exec(input.problem.field)?.[1];
  return place === undefined
    ? input
    : err({ ...input.problem, reason: { code: 'notSendable', place: Number(place) + 1 } });
}
