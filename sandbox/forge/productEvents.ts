import { z } from 'zod';
import { parseEventExpression } from './eventExpression';
import type { Manifest, ModuleDeclaration } from './manifest';
import { retryAsked } from './queue';
import { TRIGGERS } from './rules/functions';

const triggerSchema = z.object({
  key: z.string(),
  events: z.array(z.string()),
  filter: z
    .object({
      appIsLicensed: z.boolean().optional(),
      ignoreSelf: z.boolean().default(false),
      expression: z.string().optional(),
      onError: z.enum(['IGNORE_AND_LOG', 'IGNORE', 'RECEIVE_AND_LOG', 'RECEIVE']).default('IGNORE_AND_LOG'),
    })
    .default({ ignoreSelf: false, onError: 'IGNORE_AND_LOG' }),
});

type Filter = z.infer<typeof triggerSchema>['filter'];

/** The events of issues that can be played. */
type IssueEventType = (typeof TRIGGERS.eventPayload.value)[number];

/**
 * An event of an issue as a trigger gets it.
 * @see https://developer.atlassian.com/platform/forge/events-reference/jira/
 */
export type IssueEvent = {
  readonly eventType: IssueEventType;
  /** Whether the app's own doing caused it. */
  readonly selfGenerated: boolean;
  /** Milliseconds since the epoch, as text. */
  readonly timestamp: string;
  readonly issue: { readonly id: string; readonly key: string; readonly fields: Readonly<Record<string, unknown>> };
  /** Who caused it. */
  readonly atlassianId?: string;
  readonly changelog?: {
    readonly items: readonly {
      readonly field: string;
      readonly fieldId?: string;
      readonly from: string | null;
      readonly to: string | null;
    }[];
  };
  readonly associatedUsers?: readonly { readonly accountId: string }[];
};

/** What became of an event at one trigger. `tries` counts the calls of its function. */
export type EventDelivery = {
  readonly moduleKey: string;
  readonly outcome: 'done' | 'filtered' | 'failed' | 'givenUp';
  readonly tries: number;
};

/**
 * Delivers an event to every `trigger` module that asks for it, in the order of the manifest. A function
 * that answers an InvocationError gets it up to four times more, at once: how long Forge would wait is
 * left out. One that throws does not. Throws for a filter whose expression is not modelled.
 * @param run calls a module's function with that body, and rejects when it throws or takes too long
 */
export async function deliverIssueEvent(
  manifest: Manifest,
  event: IssueEvent,
  run: (module: ModuleDeclaration, body: object) => Promise<unknown>,
): Promise<EventDelivery[]> {
  const deliveries: EventDelivery[] = [];
  for (const module of manifest.modules.filter(({ type }) => type === 'trigger')) {
    const { events, filter } = triggerSchema.parse(module);
    if (!events.includes(event.eventType)) continue;
    deliveries.push(
      isWanted(filter, event)
        ? await deliverTo(module, event, run)
        : { moduleKey: module.key, outcome: 'filtered', tries: 0 },
    );
  }
  return deliveries;
}

/** Whether a filter lets an event through. What its expression runs into is judged by its `onError`. */
function isWanted({ ignoreSelf, expression, onError }: Filter, event: IssueEvent): boolean {
  if (ignoreSelf && event.selfGenerated) return false;
  if (expression === undefined) return true;
  const outcome = parseEventExpression(expression)(event);
  return outcome.kind === 'error' ? onError.startsWith('RECEIVE') : outcome.kind === 'delivered';
}

async function deliverTo(
  module: ModuleDeclaration,
  event: IssueEvent,
  run: (module: ModuleDeclaration, body: object) => Promise<unknown>,
): Promise<EventDelivery> {
  const moduleKey = module.key;
  let body: object = event;
  for (let retryCount = 0; retryCount <= TRIGGERS.eventRetries.value; retryCount += 1) {
    const tries = retryCount + 1;
    try {
      const asked = retryAsked(await run(module, body));
      if (asked === null) return { moduleKey, outcome: 'done', tries };
      const { retryReason, retryData } = asked;
      body = {
        ...event,
        retryContext: { retryCount: tries, retryReason, ...(retryData === undefined ? {} : { retryData }) },
      };
    } catch {
      return { moduleKey, outcome: 'failed', tries };
    }
  }
  return { moduleKey, outcome: 'givenUp', tries: TRIGGERS.eventRetries.value + 1 };
}
