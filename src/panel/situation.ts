import { readKnown, readSubject, type KnownReporter, type NoMember, type Step } from '../flow';
import type { PanelRequest } from './request';

/** What stands before the panel. */
export type Situation = KnownReporter | NoMember;

/** Reads the situation of an issue, with the history beside the reading of the segments; the e-mail only for a reporter without a link. */
export async function readSituation({ issueId }: PanelRequest): Promise<Step<Situation>> {
  const found = await readSubject(issueId);
  if (found.kind === 'problem') return found;
  return found.value.kind === 'subject' ? readKnown(found.value.subject, 'look') : { kind: 'ok', value: found.value };
}
