import { z } from 'zod';
import {
  MANAGE_ROUTES,
  PROFILE_VERSION,
  READ_PLANS,
  WRITE_VERBS,
  type AnswerShape,
  type Evidence,
  type MemberShape,
  type Paging,
  type ReadForm,
  type SiteProfile,
  type WriteForm,
} from '../../contract';

/** So deep and so long may a path of keys be: answers are not built otherwise. */
const path = z.array(z.string().min(1).max(200)).max(8);
const text = z.string().trim().max(500);

const member: z.ZodType<MemberShape> = z.strictObject({
  id: path,
  email: path.nullable(),
  name: path.nullable(),
  firstName: path.nullable(),
  lastName: path.nullable(),
  gone: path.exactOptional(),
});

const shape: z.ZodType<AnswerShape> = z.strictObject({
  records: path,
  id: path.nullable(),
  name: path.nullable(),
  members: path.nullable(),
  memberCount: path.nullable(),
  member: member.nullable(),
});

const parameter = z.string().regex(/^[\w.[\]-]{1,60}$/);
const paging: z.ZodType<Paging> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('page'), parameter, first: z.union([z.literal(0), z.literal(1)]) }),
  z.strictObject({ kind: z.literal('offset'), parameter }),
  z.strictObject({ kind: z.literal('cursor'), parameter, cursor: path }),
  z.strictObject({ kind: z.literal('address'), address: path }),
  z.strictObject({ kind: z.literal('link') }),
]);

const read: z.ZodType<ReadForm> = z.strictObject({ path: text, shape, paging, total: path.nullable() });
const write: z.ZodType<WriteForm> = z.strictObject({
  verb: z.enum(WRITE_VERBS),
  path: text,
  users: z.string().regex(/^\w{1,60}$/),
});

const evidence: z.ZodType<Evidence> = z.discriminatedUnion('how', [
  z.strictObject({ how: z.enum(['documented', 'assumed']) }),
  z.strictObject({ how: z.literal('learned'), atMs: z.number() }),
  z.strictObject({ how: z.literal('chosen'), atMs: z.number(), byAccountId: z.string() }),
]);

/** A profile as it is stored and as a page sends it; its paths are judged by `checkPaths`. */
export const profileSchema: z.ZodType<SiteProfile> = z.strictObject({
  version: z.literal(PROFILE_VERSION),
  key: z.strictObject({ header: z.string().trim(), scheme: z.string().trim().nullable() }),
  ids: z.enum(['number', 'text']),
  readPlan: z.enum(READ_PLANS),
  reads: z.strictObject({ listSegments: read, segmentWithMembers: read, segmentsWithMembers: read }),
  writes: z.strictObject({ move: write, remove: write, add: write }),
  manage: z.partialRecord(z.enum(MANAGE_ROUTES), text),
  evidence: z.strictObject({
    key: evidence,
    ids: evidence,
    readPlan: evidence,
    listSegments: evidence,
    segmentWithMembers: evidence,
    segmentsWithMembers: evidence,
    move: evidence,
    remove: evidence,
    add: evidence,
  }),
});
