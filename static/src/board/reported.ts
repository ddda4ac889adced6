import type { BoardCountPlace, ReportedMonth } from '@contract';
import type { PageProblem } from '../shared/ask';

/** Issues that are counted, by member and month. */
export type Counted = { readonly months: readonly ReportedMonth[]; readonly issues: number };

/** What is known of the project's issues. */
export type Reported = Counted & {
  /** About how many there are; null when that is not known. */
  readonly total: number | null;
  /** What counting all of them costs, in Jira's points; null when that is not known. */
  readonly points: number | null;
  /** When most of them were counted, milliseconds since the epoch; null when they were read just now. */
  readonly keptAtMs: number | null;
  readonly state: 'reading' | 'read' | 'failed';
  /** A work item of each of those who reported lately whom no segment has. */
  readonly withoutSegment: readonly string[];
  /** Why they could not be read. */
  readonly problem: PageProblem | null;
  /** The count of all of them that the viewer asked for; null before they did and after it is done. */
  readonly counting: { readonly issues: number; readonly problem: PageProblem | null } | null;
};

/** What is shown while issues are counted: what was known before, until the count knows more. */
export function withCount(
  before: Reported,
  { months, issues, next }: Counted & { readonly next: BoardCountPlace | null },
  problem: PageProblem | null,
): Reported {
  if (next === null)
    return { ...before, months, issues, total: issues, keptAtMs: null, state: 'read', problem: null, counting: null };
  const known = issues > before.issues ? { months, issues, keptAtMs: null } : {};
  return { ...before, ...known, counting: { issues, problem } };
}

/** Whether the project may have issues that are not counted. */
export function isPartly({ issues, total }: Reported): boolean {
  return total === null || issues < total;
}

/** How many issues of the project each member reported. */
export function issuesByMember(months: readonly ReportedMonth[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { memberId, issues } of months)
    if (memberId !== null) counts.set(memberId, (counts.get(memberId) ?? 0) + issues);
  return counts;
}
