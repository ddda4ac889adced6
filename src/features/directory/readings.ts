import { ok, err, picksFromAll, type Result } from '../../contract';
import { readSegmentOrGone } from '../../usecases/lookup';
import { shorterLoopProblem } from '../../usecases/result';
import type { SegmentWithMembers } from '../../adapters/shorterloop';
import type { SegmentReading } from './syncSegment';
import { reserveRateLimit } from './reserve';
import type { Tools } from './tools';

/** Reads one segment: `gone` when Shorter Loop no longer has it, `unreadable` when its answer can't be read. */
export type ReadOne = (segmentId: number) => Promise<Result<SegmentReading | 'gone' | 'unreadable'>>;

/**
 * How a refresh reads segments: one by one, or all with one call where the site is small and offers it.
 * E-mails become keys at once and names are dropped.
 */
export function readingsOf(tools: Tools, isSmall: boolean, endMs: number): ReadOne {
  const { client, settings } = tools.connected;
  const readOne: ReadOne = async (segmentId) => {
    const admitted = await reserveRateLimit(tools, endMs);
    if (admitted.kind === 'problem') return admitted;
    const askedAtMs = Date.now();
    const read = await readSegmentOrGone(client, segmentId, client.segmentWithMembers);
    if (read.kind === 'problem') return err(shorterLoopProblem(read.problem));
    return ok(typeof read.value === 'string' ? read.value : readingOf(tools, read.value, askedAtMs));
  };
  // Where one is picked out of all, each by itself would read all of them.
  const isAtOnce = isSmall || picksFromAll(settings.profile);
  if (!isAtOnce || settings.profile.readPlan !== 'all-at-once') return readOne;
  let all: ReturnType<typeof readAll> | undefined;
  const readAll = async (): Promise<Result<ReadonlyMap<number, SegmentReading | 'unreadable'>>> => {
    const admitted = await reserveRateLimit(tools, endMs);
    if (admitted.kind === 'problem') return admitted;
    const askedAtMs = Date.now();
    const read = await client.segmentsWithMembers();
    if (read.kind === 'problem') return err(shorterLoopProblem(read.problem));
    return ok(
      new Map(
        read.value.map((segment) => [
          segment.id,
          segment.unreadable === 'segment' ? 'unreadable' : readingOf(tools, segment, askedAtMs),
        ]),
      ),
    );
  };
  return async (segmentId) => {
    all ??= readAll();
    const readings = await all;
    if (readings.kind === 'problem') return readings;
    const reading = readings.value.get(segmentId);
    return reading === undefined ? readOne(segmentId) : ok(reading);
  };
}

function readingOf({ emailKeyOf }: Tools, { id, members }: SegmentWithMembers, askedAtMs: number): SegmentReading {
  const fresh = members.map((member) => ({
    memberId: member.id,
    emailKey: member.email === null ? null : emailKeyOf(member.email),
  }));
  return { segmentId: id, members: fresh.sort((a, b) => a.memberId - b.memberId), askedAtMs };
}
