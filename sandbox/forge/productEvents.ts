import { z } from 'zod';
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
    })
    .default({ ignoreSelf: false }),
});

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
 * left out. One that throws does not. Throws for a filter with an expression, which is not modelled.
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
    if (filter.expression !== undefined)
      throw new Error(`The trigger ${module.key} filters by an expression, which the sandbox does not model`);
    deliveries.push(
      filter.ignoreSelf && event.selfGenerated
        ? { moduleKey: module.key, outcome: 'filtered', tries: 0 }
        : await deliverTo(module, event, run),
    );
  }
  return deliveries;
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
