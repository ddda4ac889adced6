import { z } from 'zod';

/** The rows of a list that have the expected form, in their order, and how many have another. */
export type Rows<T> = { readonly rows: readonly T[]; readonly leftOut: number };

/**
 * A list of Jira's, whose rows are each on their own: one of another form is left out and counted, as it may not keep
 * the others from being read. Not for a list in which a row that is missing would permit something.
 */
export function rowsOf<T>(row: z.ZodType<T>): z.ZodType<Rows<T>> {
  return z.array(z.unknown()).transform((list) => {
    const rows = list.flatMap((one) => {
      const parsed = row.safeParse(one);
      return parsed.success ? [parsed.data] : [];
    });
    return { rows, leftOut: list.length - rows.length };
  });
}

/** Whether a list has no rows at all, as the page behind the last one. */
export function isEmpty({ rows, leftOut }: Rows<unknown>): boolean {
  return rows.length + leftOut === 0;
}
