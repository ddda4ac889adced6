import { z } from 'zod';

/** What an answer holds, in numbers. */
export type Counts = { readonly segments?: number; readonly members?: number; readonly count?: number };

const filled = z.object({ users: z.array(z.unknown()) });
const counted = z.union([
  z
    .array(filled)
    .min(1)
    .transform((segments) => ({
      segments: segments.length,
      members: segments.reduce((sum, { users }) => sum + users.length, 0),
    })),
  z.array(z.unknown()).transform((segments) => ({ segments: segments.length })),
  filled.transform(({ users }) => ({ members: users.length })),
  z.object({ count: z.number() }),
]);
const answered = z.object({ data: counted });

/** Counts what an answer holds: nothing where its shape is none that is known. A member of two segments counts twice. */
export function countsOf(body: unknown): Counts {
  return answered.safeParse(body).data?.data ?? {};
}
