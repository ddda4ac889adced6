import { err, ok, type Result, type WriteKind } from '../../contract';
import type { Connected, Writable } from './connection';

/** The connection for writing, or the problem that its reads are not proven: what can't be read back is not written. */
export function requireReads(connected: Connected): Result<Writable> {
  const { writes } = connected;
  return writes === null ? err({ code: 'notProven' }) : ok({ ...connected, writes });
}

/** The connection for a kind of write, or what stands in its way. */
export function requireProven(connected: Connected, kind: WriteKind): Result<Writable> {
  const refusal = connected.refusals[kind];
  return refusal === null ? requireReads(connected) : err(refusal);
}

/** The connection for the test of a kind: what is not proven yet may be tried, and what was stopped may not. */
export function requireTrial(connected: Connected, kind: WriteKind): Result<Writable> {
  const refusal = connected.refusals[kind];
  return refusal === null || refusal.code === 'writeNotProven' ? requireReads(connected) : err(refusal);
}
