import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Result, type JiraEstimate, type PeopleView, type ScanView, ok } from '../../../contract';
import { budgetPauseMs, estimateReading } from '../../../usecases/connection';
import { fromJira, parseInput } from '../../../usecases/result';
import { readProjects } from '../../../adapters/jira';
import {
  deleteLeftovers,
  NO_REPORTERS,
  readScan,
  versioned,
  writeScan,
  type Scan,
  type Versioned,
} from '../../../adapters/store';
import type { AdminRequest } from '../request';
import { countPage, jqlOf, membersOnce } from './countPage';

/** How long one step goes on beginning pages, in milliseconds: short enough that the page shows progress. */
const STEP_MS = 5_000;
const MAX_PROJECT_KEYS = 200;

const startSchema = z.object({
  projectKeys: z.array(z.string().regex(/^[A-Z][A-Z0-9_]{0,99}$/)).max(MAX_PROJECT_KEYS),
});

/** What the People tab opens with: the last count, and the projects that the admin may browse. */
export async function people(): Promise<Result<PeopleView>> {
  const [scan, found] = await Promise.all([readScan(), readProjects()]);
  const projects = fromJira(found, { code: 'jira', status: 404, retryAfterMs: null, limit: null });
  if (projects.kind === 'problem') return projects;
  return ok({
    scan: scan === null ? null : scanViewOf(scan),
    projects: projects.value.map(({ key, name }) => ({ key, name })),
  });
}

/** What a count would cost, before it begins; null where Jira can't say. */
export async function estimateScan(_request: AdminRequest, payload: unknown): Promise<Result<JiraEstimate | null>> {
  const input = parseInput(startSchema, payload);
  return input.kind === 'ok' ? ok(await estimateReading('user', jqlOf(input.value.projectKeys))) : input;
}

/** Begins a count anew. One that is under way ends there. */
export async function startScan(_request: AdminRequest, payload: unknown): Promise<Result<ScanView>> {
  const input = parseInput(startSchema, payload);
  if (input.kind === 'problem') return input;
  const before = await readScan();
  const earlier = before === null ? [] : [...before.earlier, before.scanId];
  const scan: Versioned<Scan> = versioned({
    scanId: randomUUID(),
    earlier,
    phase: 'reading',
    projectKeys: [...new Set(input.value.projectKeys)],
    page: 0,
    pageToken: null,
    issues: 0,
    counts: NO_REPORTERS,
    startedAtMs: Date.now(),
    finishedAtMs: null,
    pausedUntilMs: null,
  });
  // Whoever began one at the same time began the same.
  return ok(scanViewOf((await writeScan(before, scan)) ? scan : ((await readScan()) ?? scan)));
}

/**
 * Goes on with the count for some seconds. The page asks until it is done; everything that a step
 * needs is stored, so that any page can go on with it, also after a failure. Where the hour's share of Jira's
 * points is used up, the count rests until the next full hour.
 * @returns null when none was ever begun
 */
export async function stepScan(): Promise<Result<ScanView | null>> {
  const startedMs = Date.now();
  const members = membersOnce();
  for (;;) {
    const scan = await readScan();
    if (scan === null) return ok(null);
    if (scan.phase === 'done' || isPaused(scan) || Date.now() - startedMs > STEP_MS) return ok(scanViewOf(scan));
    const next = scan.phase === 'reading' ? await countPage(scan, members) : await tidy(scan);
    // Another step that was faster has done the same work; the next round starts from what it stored.
    if (next.kind === 'ok') await writeScan(scan, versioned({ ...next.value, pausedUntilMs: null }));
    else {
      const pauseMs = budgetPauseMs(next.problem, Date.now());
      if (pauseMs === null) return next;
      await writeScan(scan, versioned({ ...scan, pausedUntilMs: Date.now() + pauseMs }));
    }
  }
}

function isPaused({ pausedUntilMs }: Scan): boolean {
  return pausedUntilMs !== null && pausedUntilMs > Date.now();
}

async function tidy(scan: Scan): Promise<Result<Scan>> {
  const [oldest, ...younger] = scan.earlier;
  if (oldest === undefined) return ok({ ...scan, phase: 'done', finishedAtMs: Date.now() });
  return ok((await deleteLeftovers(oldest)) ? scan : { ...scan, earlier: younger });
}

/** A count as the page may see it. */
function scanViewOf({ phase, projectKeys, issues, counts, startedAtMs, finishedAtMs, pausedUntilMs }: Scan): ScanView {
  return { phase, projectKeys, issues, counts, startedAtMs, finishedAtMs, pausedUntilMs };
}
