import type {
  Result,
  BulkActInput,
  ReadStep,
  ReportPage,
  ReportPoint,
  RunPersonView,
  RunView,
} from '../../src/contract';
import { createSite, valueOf, type Site, type SiteOptions } from './site';
import { startVirtualTime, type VirtualTime } from './virtualTime';

/** A site in virtual time with many reporters, each a member of Shorter Loop. */
export type BulkLab = {
  readonly site: Site;
  readonly time: VirtualTime;
  /** Creates a run and reads it to the end. */
  readonly preview: (act: BulkActInput, jql?: string, accountId?: string) => Promise<RunView>;
  /** Creates a run of an earlier one and reads it to the end. */
  readonly followUp: (kind: 'retry' | 'undo', runId: string, accountId?: string) => Promise<RunView>;
  readonly start: (runId: string, accountId?: string) => Promise<RunView>;
  readonly look: (runId: string) => Promise<RunView>;
  /** Lets time pass until a run rests or is over, with the recovery every five minutes. */
  readonly settle: (runId: string, mostMinutes?: number) => Promise<RunView>;
  readonly report: (runId: string) => Promise<RunPersonView[]>;
  readonly stop: () => Promise<void>;
};

const RECOVERY_EVERY_MS = 300_000;

/** Opens a lab with so many reporters. */
export async function openBulkLab(reporters: number, options: SiteOptions = {}): Promise<BulkLab> {
  const site = await createSite({
    offline: true,
    members: reporters + 100,
    segments: 4,
    extraReporters: reporters,
    ...options,
  });
  const time = startVirtualTime();
  const preview: BulkLab['preview'] = async (act, jql = 'project = ACME', accountId = site.jira.adminAccountId) => {
    let run = valueOf(await time.until(site.bulk('bulk.create', { source: { kind: 'jql', jql }, act }, accountId)));
    for (let pageToken: string | null = null; ;) {
      const answer: Result<ReadStep> = await time.until(
        site.bulk('bulk.read', { runId: run.runId, kind: 'jql', jql, pageToken }, accountId),
      );
      // The hour's points of Jira are used up: the page waits for the next full hour, and asks for the same step again.
      if (answer.kind === 'problem' && answer.problem.code === 'jiraBudget') {
        await time.pass(answer.problem.retryAfterMs + 1_000);
        continue;
      }
      const step: ReadStep = valueOf(answer);
      ({ run } = step);
      if (step.pageToken === null) return run;
      ({ pageToken } = step);
    }
  };
  const followUp: BulkLab['followUp'] = async (kind, earlierRunId, accountId) => {
    const source = { kind, runId: earlierRunId };
    let run = valueOf(await time.until(site.bulk('bulk.create', { source, act: null }, accountId)));
    for (let after: ReportPoint | null = { group: 1, place: 0 }; after !== null;) {
      const step: ReadStep = valueOf(
        await time.until(site.bulk('bulk.read', { runId: run.runId, kind: 'run', after }, accountId)),
      );
      ({ run, after } = step);
    }
    return run;
  };
  const look: BulkLab['look'] = async (runId) => valueOf(await time.until(site.bulk('bulk.run', { runId })));
  return {
    site,
    time,
    preview,
    followUp,
    start: async (runId, accountId) => valueOf(await time.until(site.bulk('bulk.start', { runId }, accountId))),
    look,
    settle: async (runId, mostMinutes = 600) => {
      for (let minutes = 0; minutes < mostMinutes; minutes += 5) {
        const run = await look(runId);
        if (run.state !== 'running') return run;
        await time.pass(RECOVERY_EVERY_MS);
        await time.until(site.recovery());
      }
      throw new Error(`The run is still ${(await look(runId)).state} after ${String(mostMinutes)} minutes`);
    },
    report: async (runId) => {
      const people: RunPersonView[] = [];
      for (let after: ReportPoint | null = { group: 1, place: 0 }; after !== null;) {
        const page: ReportPage = valueOf(await time.until(site.bulk('bulk.report', { runId, after })));
        people.push(...page.people);
        after = page.next;
      }
      return people;
    },
    stop: async () => {
      time.stop();
      await site.stop();
    },
  };
}

/** How many people have which result, those without one left out. */
export function countBy<T>(items: readonly T[], of: (item: T) => string | null): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) {
    const key = of(item);
    if (key !== null) counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
