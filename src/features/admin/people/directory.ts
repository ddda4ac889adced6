import { type Result, type DirectoryView, ok } from '../../../contract';
import { askForRefresh } from '../../../usecases/jobs';
import { ageOf, REFRESH_EVERY_MS } from '../../../domain/people';
import {
  readAskedMs,
  readDirectory,
  readRefresh,
  type DirectoryMeta,
  type RefreshProgress,
} from '../../../adapters/store';

/** So many segments that can't be read are named. */
const MOST_UNREADABLE_NAMED = 10;

/** How the directory stands. */
export async function directory(): Promise<Result<DirectoryView>> {
  const [directoryMeta, refresh, askedMs] = await Promise.all([readDirectory(), readRefresh(), readAskedMs()]);
  return ok(viewOf(directoryMeta, refresh, askedMs, Date.now()));
}

/** Has the directory refreshed now. */
export async function refreshDirectory(): Promise<Result<DirectoryView>> {
  await askForRefresh();
  return directory();
}

function viewOf(
  directoryMeta: DirectoryMeta | null,
  refresh: RefreshProgress | null,
  askedMs: number,
  nowMs: number,
): DirectoryView {
  const complete = directoryMeta?.complete ?? null;
  const unreadable = complete?.segments.filter((segment) => segment.unreadable === true) ?? [];
  const current = refresh?.current ?? null;
  const begunMs = current?.startedAtMs ?? refresh?.last?.startedAtMs ?? 0;
  return {
    complete:
      complete === null
        ? null
        : {
            asOfMs: complete.asOfMs,
            age: ageOf(complete.asOfMs, nowMs),
            segments: complete.segments.length,
            memberships: complete.segments.reduce((sum, { members }) => sum + members, 0),
            unreadable: unreadable.slice(0, MOST_UNREADABLE_NAMED).map(({ id, name }) => ({ id, name })),
            unreadableCount: unreadable.length,
          },
    progress:
      current === null
        ? null
        : {
            startedAtMs: current.startedAtMs,
            phase: current.phase,
            segmentsRead: current.read,
            segments: current.segments,
          },
    isWaiting: current === null && askedMs > begunMs && (refresh?.failure?.atMs ?? 0) < askedMs,
    nextAtMs: current === null && refresh?.last != null ? refresh.last.startedAtMs + REFRESH_EVERY_MS : null,
    failure: refresh?.failure ?? null,
  };
}
