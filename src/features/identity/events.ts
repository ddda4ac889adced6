import { z } from 'zod';
import { isInScope } from '../../contract';
import { areReadsProven } from '../../usecases/connection';
import { askForIssueFill, wakeLooks } from '../../usecases/jobs';
import { addPendingLook, deletePendingLooks, readBeforeLook, type BeforeLook } from '../../adapters/store';
import { personhoodOf } from '../../domain/people';

/** Nobody is looked at more often because of what they report, in milliseconds. */
const LOOK_EVERY_MS = 24 * 3_600_000;

const eventSchema = z.object({
  eventType: z.enum(['avi:jira:created:issue', 'avi:jira:updated:issue', 'avi:jira:deleted:issue']),
  issue: z.object({
    id: z.string().min(1),
    fields: z.object({
      project: z.object({ id: z.string() }),
      // As it may stand in a key of storage: with any other there is nobody to note.
      reporter: z
        .object({ accountId: z.string().regex(/^[\w:.-]{1,128}$/) })
        .nullish()
        .catch(null),
    }),
  }),
  // One of another form may be about the reporter: the event is taken for one that is.
  changelog: z
    .object({ items: z.array(z.object({ field: z.string() })) })
    .optional()
    .catch(undefined),
});
type ReporterEvent = z.infer<typeof eventSchema>;

/**
 * An issue was created, has another reporter or project, or was deleted: a reporter of whom nothing is known yet is to
 * be looked at, once however many issues they report. Nobody is looked at here: a project may be filled with thousands
 * of issues at once, and each is an event. How many issues somebody reported is not counted by events, which come twice
 * and get lost: the sweep of the identity sync counts. An event that can't be read is left to it, too.
 *
 * The app is told of issues of every project, whatever its own permissions in it. Throws ForgeKvsError when storage
 * fails: whether Jira sends the event again then is not documented, and the sweep finds whom it lost.
 * @see manifest.yml, triggers `issue-added` and `issue-changed`
 * @see https://developer.atlassian.com/platform/forge/events-reference/jira/
 */
export async function noteIssueEvent(event: unknown): Promise<void> {
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success || !isAboutReporter(parsed.data)) return;
  const { eventType, issue } = parsed.data;
  const { project, reporter } = issue.fields;
  // Whoever reports it now may be nobody, or in no segment: then its field is emptied.
  if (eventType === 'avi:jira:updated:issue') await askForIssueFill(issue.id);
  if (reporter == null || !isAPerson(reporter.accountId)) return;
  const before = await readBeforeLook(reporter.accountId);
  if (eventType === 'avi:jira:deleted:issue') {
    // Whoever was to be looked at for this issue alone is nobody's business any more.
    if (before.pendingIssueId === issue.id) await deletePendingLooks([reporter.accountId]);
    return;
  }
  if (eventType === 'avi:jira:created:issue' && before.link.state === 'linked') await askForIssueFill(issue.id);
  if (before.pendingIssueId === null) {
    if (!isWorthALook(before, project.id, Date.now())) return;
    await addPendingLook(reporter.accountId, issue.id, Date.now());
  }
  await wakeLooks();
}

/** The filter of the manifest once more: what its expression could not judge is delivered. */
function isAboutReporter({ eventType, changelog }: ReporterEvent): boolean {
  if (eventType !== 'avi:jira:updated:issue' || changelog === undefined) return true;
  return changelog.items.some(({ field }) => field === 'reporter' || field === 'project');
}

function isAPerson(accountId: string): boolean {
  const unseen = { accountId, displayName: '', accountType: null, active: null, visibleEmail: null };
  return personhoodOf(unseen).kind === 'person';
}

function isWorthALook({ settings, scope, link, checkedAtMs }: BeforeLook, projectId: string, nowMs: number): boolean {
  if (settings === null || !areReadsProven(settings.proofs, settings.connection.profile.readPlan)) return false;
  if (!isInScope(scope, projectId)) return false;
  if (checkedAtMs === null) return true;
  return link.state !== 'linked' && nowMs - checkedAtMs >= LOOK_EVERY_MS;
}
