import { z } from 'zod';
import type { Strays } from '../../contract';

const changed = z.array(z.object({ memberId: z.int().positive(), segmentId: z.int().positive() }));

/** Who was changed beside a write, as the ledger and a stop keep it. */
export const straysSchema: z.ZodType<Strays> = z.object({ missing: changed, joined: changed, count: z.int() });
