import { z } from 'zod';
import { bodyText } from '../../sandbox/forge/wire';
import type { Site } from './site';

/** A segment as Shorter Loop answers it, with or without its members. */
export type SpoiltRecord = { id: unknown; name: unknown; users?: unknown };

const record = z.looseObject({ id: z.number(), name: z.string() });
const answerSchema = z.looseObject({ success: z.literal(true), data: z.union([z.array(record), record]) });

/**
 * Changes the records of segments in everything that Shorter Loop answers from now on, and takes everything else as
 * it is. Answers how to stop.
 * @param spoil changes a record in place
 */
export function spoilRecords(
  { platform }: Pick<Site, 'platform'>,
  spoil: (record: SpoiltRecord, id: number) => void,
): () => void {
  return platform.intercept((call, proceed) => {
    if (call.kind !== 'egress') return undefined;
    return proceed().then((answer) => {
      const text = bodyText(answer);
      const parsed = text.startsWith('{') ? answerSchema.safeParse(JSON.parse(text)) : null;
      if (parsed?.success !== true) return answer;
      for (const one of [parsed.data.data].flat()) spoil(one, one.id);
      return { ...answer, body: JSON.stringify(parsed.data) };
    });
  });
}

/** What may be wrong with one record, by name. */
export const SPOILS = {
  'a segment without users': (segment: SpoiltRecord) => {
    if ('users' in segment) delete segment.users;
  },
  'users who are no list': (segment: SpoiltRecord) => {
    if ('users' in segment) segment.users = 'none';
  },
  'a user without an id': (segment: SpoiltRecord) => {
    if (Array.isArray(segment.users)) segment.users = [{ id: null, email: 'x@company.example' }, ...segment.users];
  },
  'a user who is no record': (segment: SpoiltRecord) => {
    if (Array.isArray(segment.users)) segment.users = [...segment.users, null];
  },
} as const;
