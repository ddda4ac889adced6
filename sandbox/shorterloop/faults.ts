import { z } from 'zod';
import { MANAGE_ROUTES } from '../../src/contract';
import type { RouteName } from './routeName';

const id = z.int().positive();
const applied = z.boolean();

/**
 * Everything that can be made to go wrong. `applied` says whether a write has happened behind the
 * broken answer; a read is not affected by it.
 */
const faultSchema = z.discriminatedUnion('kind', [
  /** The answer comes late. The write itself is done at once. */
  z.strictObject({ kind: z.literal('latency'), ms: z.int().min(0).max(600_000) }),
  /** No answer at all; nothing was done. */
  z.strictObject({ kind: z.literal('timeoutBefore') }),
  /** No answer at all, though the write was done. */
  z.strictObject({ kind: z.literal('timeoutAfterApplying') }),
  /** No answer at all; a write is done only so much later, and a read in between shows the old state. */
  z.strictObject({ kind: z.literal('timeoutThenApplying'), afterMs: z.int().min(0).max(600_000) }),
  z.strictObject({ kind: z.literal('resetBefore') }),
  z.strictObject({ kind: z.literal('resetAfterApplying') }),
  z.strictObject({
    kind: z.literal('status'),
    code: z.int().min(300).max(599),
    retryAfterSeconds: z.int().min(0).optional(),
    html: z.boolean().default(false),
    applied: applied.default(false),
    /** Sent as `Location`, for a 3xx. */
    location: z.string().optional(),
  }),
  /**
   * The write is done, and its count says something else. `partial` is one less than was asked, `tooLarge`
   * seven more.
   */
  z.strictObject({
    kind: z.literal('count'),
    count: z.union([z.enum(['zero', 'missing', 'partial', 'tooLarge', 'string', 'negative']), z.int()]),
  }),
  /** `success: false` under status 200. */
  z.strictObject({ kind: z.literal('successFalse'), applied: applied.default(false) }),
  /** A page of HTML under status 200. */
  z.strictObject({ kind: z.literal('html'), applied: applied.default(true) }),
  /** Status 200 without a body. */
  z.strictObject({ kind: z.literal('empty'), applied: applied.default(true) }),
  /** The right answer, followed by so many bytes of padding that no careful client reads it all. */
  z.strictObject({
    kind: z.literal('oversized'),
    bytes: z.int().min(1).max(64_000_000).default(12_000_000),
    applied: applied.default(true),
  }),
  /** The whole length is declared, half is sent, then the connection is cut. */
  z.strictObject({ kind: z.literal('halfBody'), applied: applied.default(true) }),
  /** The right JSON, called `text/plain`. */
  z.strictObject({ kind: z.literal('wrongContentType'), applied: applied.default(true) }),
  /** The key stops being accepted. */
  z.strictObject({ kind: z.literal('keyRevoked') }),
  /** The key does not belong to the initiative of the request. */
  z.strictObject({ kind: z.literal('wrongInitiative') }),
  /** Someone deletes the segment just before the request is answered. */
  z.strictObject({ kind: z.literal('segmentDeleted'), id }),
  /** Someone takes the member out of every segment just before the request is answered. */
  z.strictObject({ kind: z.literal('memberGone'), id }),
  /**
   * The write is done by halves: for the first half of its members (rounded down), or for all of them
   * but only the joining or only the leaving.
   */
  z.strictObject({
    kind: z.literal('appliedPartly'),
    how: z.enum(['firstHalf', 'joinOnly', 'leaveOnly']).default('firstHalf'),
  }),
]);

const routes = [
  'move',
  'remove',
  'add',
  'listSegments',
  'segmentWithMembers',
  'segmentsWithMembers',
  ...MANAGE_ROUTES,
  'any',
] as const;

/** A fault and the requests it strikes, as it comes over HTTP. */
export const faultRuleSchema = z.strictObject({
  match: z
    .strictObject({
      route: z.enum(routes).default('any'),
      /** The first request to strike, counted from 1 over the requests that match `route`. */
      nth: z.int().min(1).optional(),
      /** How many requests to strike; without it one when `nth` is given, otherwise all. */
      times: z.int().min(1).optional(),
    })
    .optional(),
  fault: faultSchema,
});

/** A fault as it is played, with its defaults filled in. */
export type Fault = z.output<typeof faultSchema>;
/** A fault and the requests it strikes, as a test writes it. */
export type FaultRule = z.input<typeof faultRuleSchema>;

/** What was switched on: how often it struck, and the switch to turn it off. */
type ActiveFault = { struck(): number; remove(): void };

/** The switchboard of one simulator. Several faults may strike one request. */
export type FaultSwitchboard = {
  /** Switches a fault on. Throws a ZodError for a rule that makes no sense. */
  add(rule: FaultRule): ActiveFault;
  clear(): void;
  /** Counts a request and answers the faults that strike it. `route` is null for a request no route answers to. */
  strike(route: RouteName | null): Fault[];
};

/** A switchboard with nothing switched on. */
export function createSwitchboard(): FaultSwitchboard {
  type Active = { route: string; first: number; last: number; fault: Fault; seen: number; struck: number };
  let active: Active[] = [];
  return {
    add(rule) {
      const { match, fault } = faultRuleSchema.parse(rule);
      const first = match?.nth ?? 1;
      const times = match?.times ?? (match?.nth === undefined ? Number.POSITIVE_INFINITY : 1);
      const entry: Active = { route: match?.route ?? 'any', first, last: first + times - 1, fault, seen: 0, struck: 0 };
      active.push(entry);
      return {
        struck: () => entry.struck,
        remove: () => {
          active = active.filter((other) => other !== entry);
        },
      };
    },
    clear() {
      active = [];
    },
    strike(route) {
      const struck: Fault[] = [];
      for (const entry of active) {
        if (entry.route !== 'any' && entry.route !== route) continue;
        entry.seen += 1;
        if (entry.seen < entry.first || entry.seen > entry.last) continue;
        entry.struck += 1;
        struck.push(entry.fault);
      }
      return struck;
    },
  };
}
