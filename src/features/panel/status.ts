import { z } from 'zod';
import { ok, type Segment } from '../../contract';
import { readGlance, type Glance } from '../../usecases/lookup';
import { handleRequest } from '../../usecases/result';

/**
 * What Jira shows on the line of the issue context that is collapsed.
 * @see https://developer.atlassian.com/platform/forge/manifest-reference/modules/jira-issue-context/
 */
export type ContextStatus = {
  readonly status: {
    readonly type: 'badge' | 'lozenge';
    readonly value: { readonly label: string; readonly type?: 'default' };
  };
};

const payloadSchema = z.object({ extension: z.object({ issue: z.object({ id: z.string().regex(/^\d{1,19}$/) }) }) });

/** A line is short: a longer name is cut. */
const LONGEST_NAME = 30;
/** Signs that need no translation: Jira does not say in which language the line is read. */
const NOT_KNOWN = lozenge('?');
const NOBODY = lozenge('–');

/**
 * The status of the collapsed issue context: the reporter's segment, with how many more there are. Whether Forge runs
 * this function as the viewer is not documented; where nobody is there to ask Jira as, nothing is told of anybody.
 */
export async function contextStatus(payload: unknown): Promise<ContextStatus> {
  const parsed = payloadSchema.safeParse(payload);
  if (!parsed.success) return NOBODY;
  const glance = await handleRequest<Glance>(
    'panel.status',
    () => readGlance(parsed.data.extension.issue.id),
    () => Promise.resolve(ok({ kind: 'nobody' })),
  );
  if (glance.kind === 'problem' || glance.value.kind === 'nobody') return NOBODY;
  return glance.value.kind === 'unknown' ? NOT_KNOWN : statusOf(glance.value.segments);
}

function statusOf([first, ...others]: readonly Segment[]): ContextStatus {
  if (first === undefined) return { status: { type: 'badge', value: { label: '0' } } };
  const letters = Array.from(first.name);
  const name = letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join('')}…` : first.name;
  const label = others.length === 0 ? name : `${name} +${others.length}`;
  return lozenge(label);
}

/** Documented: only a number may stand in a badge. */
function lozenge(label: string): ContextStatus {
  return { status: { type: 'lozenge', value: { label, type: 'default' } } };
}
