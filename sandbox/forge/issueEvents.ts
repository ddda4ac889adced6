import type { IssueEvent } from './productEvents';

/** How Jira may treat its events beside delivering each at once: they may take minutes, come twice, or not at all. */
type EventPlan = {
  /** How often an event arrives; 1 unless given. */
  readonly copies?: (event: IssueEvent) => number;
  /** How much later it arrives, in seconds of the platform; 0 unless given. */
  readonly delaySeconds?: (event: IssueEvent) => number;
  /** Whether it never arrives; none is lost unless given. */
  readonly loses?: (event: IssueEvent) => boolean;
};

/** Jira's events on their way to the app. */
export type IssueEvents = {
  readonly publish: (event: IssueEvent) => void;
  readonly setDelivery: (plan: EventPlan) => void;
  /** Resolves when none is on its way. */
  readonly idle: () => Promise<void>;
  /** What is on its way does not arrive. */
  readonly reset: () => void;
};

/**
 * Delivers events of issues beside whoever caused them, as Jira does. What the app's function throws is the app's:
 * such an event is not delivered again.
 * @param secondMs how long a second of the platform lasts here
 */
export function createIssueEvents(deliver: (event: IssueEvent) => Promise<unknown>, secondMs = 1_000): IssueEvents {
  const running = new Set<Promise<void>>();
  let plan: EventPlan = {};
  let generation = 0;
  const arrive = (event: IssueEvent, ofGeneration: number): void => {
    const waitMs = (plan.delaySeconds?.(event) ?? 0) * secondMs;
    const run: Promise<void> = new Promise<void>((resolve) => void setTimeout(resolve, waitMs))
      .then(async () => {
        if (ofGeneration === generation) await deliver(event);
      })
      .finally(() => running.delete(run));
    running.add(run);
  };
  return {
    publish: (event) => {
      if (plan.loses?.(event) === true) return;
      for (let copy = plan.copies?.(event) ?? 1; copy > 0; copy -= 1) arrive(event, generation);
    },
    setDelivery: (next) => {
      plan = next;
    },
    idle: async () => {
      while (running.size > 0) await Promise.all(running);
    },
    reset: () => {
      generation += 1;
      plan = {};
    },
  };
}
