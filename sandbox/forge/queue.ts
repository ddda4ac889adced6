import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ModuleDeclaration } from './manifest';
import { QUEUE } from './rules/functions';
import { jsonAnswer, type PlatformAnswer } from './wire';

/** An event as a consumer gets it. */
export type QueueEvent = {
  readonly body: Record<string, unknown>;
  readonly delayInSeconds?: number | undefined;
  readonly concurrency?: unknown;
  readonly queueName: string;
  readonly jobId: string;
  readonly eventId: string;
  /** Only in a delivery after the first. */
  readonly retryContext?: {
    /** How often the function failed or asked for it; what the platform broke off does not count. */
    readonly retryCount: number;
    readonly retryReason: string;
    readonly retryData?: unknown;
    /** Since when the event waits, in ISO 8601, and how many milliseconds of its 24 hours are left. */
    readonly retentionWindow: { readonly startTime: string; readonly remainingTimeMs: number };
  };
};

/** How the queue may treat its events beside delivering each once: Forge promises no order and no "once". */
type DeliveryPlan = {
  /** How often an event arrives; 1 unless given. */
  readonly copies?: (event: QueueEvent) => number;
  /** How much later than asked it arrives, in milliseconds of the platform; 0 unless given. */
  readonly extraDelayMs?: (event: QueueEvent) => number;
  readonly order?: 'sent' | 'reversed';
  /** Whether an event is lost: it was accepted, never arrives, and its job stays in progress. None is unless given. */
  readonly loses?: (event: QueueEvent) => boolean;
};

/** Runs a consumer's function; rejects when it throws or times out. */
export type Deliver = (consumer: ModuleDeclaration, event: QueueEvent) => Promise<unknown>;

/** Forge's async events, delivered at least once. */
export type Queue = {
  readonly handle: (path: string, body: unknown) => PlatformAnswer | null;
  readonly setDelivery: (plan: DeliveryPlan) => void;
  /** Resolves when no event waits or runs. */
  readonly idle: () => Promise<void>;
  /** Forgets every job; what waits is not delivered. */
  readonly reset: () => void;
  /** The same for good: what is published from here on is refused with 503. */
  readonly end: () => void;
};

type Job = { success: number; failed: number; inProgress: number; cancelled: boolean };

const MOST_EVENTS = QUEUE.events.value;
const MOST_BYTES = QUEUE.size.value;

const eventSchema = z.object({
  body: z.record(z.string(), z.unknown()),
  delayInSeconds: z.number().min(0).max(QUEUE.delay.value).optional(),
  concurrency: z.unknown().optional(),
});
const publishSchema = z.object({ queueName: z.string(), jobId: z.string(), payload: z.array(eventSchema) });
const jobSchema = z.object({ queueName: z.string(), jobId: z.string() });
const retrySchema = z.object({
  _retry: z.literal(true),
  retryOptions: z
    .object({
      retryAfter: z.number().optional(),
      retryReason: z.string().optional(),
      retryData: z.unknown().optional(),
    })
    .default({}),
});

type QueueState = {
  readonly consumers: readonly ModuleDeclaration[];
  readonly deliver: Deliver;
  readonly secondMs: number;
  readonly jobs: Map<string, Job>;
  /** What waits or runs. */
  readonly running: Set<Promise<void>>;
  /** Ends a wait at once, for each that there is. */
  readonly waits: Set<() => void>;
  plan: DeliveryPlan;
  isOver: boolean;
};

/** One arrival of an event at its consumer. */
type Delivery = {
  readonly consumer: ModuleDeclaration;
  readonly job: Job;
  readonly event: QueueEvent;
  /** Since when the event waits. */
  readonly acceptedMs: number;
  /** The how many-th attempt it is, from 1 on. */
  readonly tries: number;
};

/**
 * Makes a queue for the consumers of a manifest. An event whose function throws, times out or answers
 * an InvocationError comes again, ever later, until its 24 hours are over; then it is dropped.
 * @param options.secondMs how long a second of the platform lasts here; a test can make it short
 */
export function createQueue(options: {
  readonly consumers: readonly ModuleDeclaration[];
  readonly deliver: Deliver;
  readonly secondMs?: number;
}): Queue {
  const { consumers, deliver, secondMs = 1_000 } = options;
  const state: QueueState = {
    consumers,
    deliver,
    secondMs,
    jobs: new Map(),
    running: new Set(),
    waits: new Set(),
    plan: {},
    isOver: false,
  };
  return {
    handle: (path, body) => handle(state, path, body),
    setDelivery: (next) => {
      state.plan = next;
    },
    idle: async () => {
      while (state.running.size > 0) await Promise.all(state.running);
    },
    reset: () => forgetAll(state),
    end: () => {
      state.isOver = true;
      forgetAll(state);
    },
  };
}

function forgetAll(state: QueueState): void {
  state.jobs.clear();
  state.plan = {};
  // Nobody waits for what will not be delivered: a timer would hold the process up.
  for (const endWait of state.waits) endWait();
}

function handle(state: QueueState, path: string, body: unknown): PlatformAnswer | null {
  if (path.startsWith('/webhook/queue/publish/')) return publish(state, body);
  if (path.startsWith('/webhook/queue/stats/')) {
    return withJob(state, body, ({ success, inProgress, failed }) => jsonAnswer(200, { success, inProgress, failed }));
  }
  if (path.startsWith('/webhook/queue/cancel/')) {
    return withJob(state, body, (job) => {
      job.cancelled = true;
      return jsonAnswer(204);
    });
  }
  return null;
}

function withJob({ jobs }: QueueState, body: unknown, answer: (job: Job) => PlatformAnswer): PlatformAnswer {
  const job = jobs.get(jobSchema.parse(body).jobId);
  return job === undefined ? jsonAnswer(404, {}) : answer(job);
}

function publish(state: QueueState, body: unknown): PlatformAnswer {
  const parsed = publishSchema.safeParse(body);
  if (!parsed.success) return jsonAnswer(400, { message: z.prettifyError(parsed.error) });
  // Whoever publishes now was killed meanwhile: its event would come again for a day, and hold the process up.
  if (state.isOver) return jsonAnswer(503, { message: 'The sandbox has stopped' });
  const { queueName, jobId, payload } = parsed.data;
  const consumer = state.consumers.find((module) => module.queue === queueName);
  if (consumer === undefined) return jsonAnswer(404, { message: `manifest.yml has no consumer of queue ${queueName}` });
  if (payload.length > MOST_EVENTS) return jsonAnswer(400, { message: `At most ${MOST_EVENTS} events at once` });
  if (Buffer.byteLength(JSON.stringify(payload)) > MOST_BYTES)
    return jsonAnswer(413, { errorMessage: `At most ${MOST_BYTES / 1024} KB at once` });
  accept(
    state,
    consumer,
    payload.map((event): QueueEvent => ({ ...event, queueName, jobId, eventId: randomUUID() })),
    jobId,
  );
  return jsonAnswer(201, {});
}

/** Makes the job of what was published, and lets its events arrive as the plan says. */
function accept(state: QueueState, consumer: ModuleDeclaration, events: readonly QueueEvent[], jobId: string): void {
  const { plan } = state;
  const arriving = events.filter((event) => plan.loses?.(event) !== true);
  const deliveries = arriving.flatMap((event) => Array.from({ length: plan.copies?.(event) ?? 1 }, () => event));
  const acceptedMs = Date.now();
  const inProgress = deliveries.length + events.length - arriving.length;
  const job: Job = { success: 0, failed: 0, inProgress, cancelled: false };
  state.jobs.set(jobId, job);
  for (const event of plan.order === 'reversed' ? deliveries.toReversed() : deliveries) {
    later(state, (event.delayInSeconds ?? 0) + (plan.extraDelayMs?.(event) ?? 0) / 1_000, () =>
      attempt(state, { consumer, job, event, acceptedMs, tries: 1 }),
    );
  }
}

function later({ running, waits, secondMs }: QueueState, delaySeconds: number, work: () => Promise<void>): void {
  const run: Promise<void> = new Promise<void>((resolve) => {
    const timer = setTimeout(() => {
      waits.delete(endWait);
      resolve();
    }, delaySeconds * secondMs);
    const endWait = (): void => {
      clearTimeout(timer);
      waits.delete(endWait);
      resolve();
    };
    waits.add(endWait);
  })
    .then(work)
    .finally(() => running.delete(run));
  running.add(run);
}

async function attempt(state: QueueState, delivery: Delivery): Promise<void> {
  const { consumer, job, event, acceptedMs, tries } = delivery;
  if (job.cancelled || isForgotten(state, delivery)) return;
  const outcome = await state.deliver(consumer, event).then(retryAsked, retryAfterFailure);
  if (isForgotten(state, delivery)) return;
  const waitSeconds = outcome === null ? 0 : (outcome.afterSeconds ?? backOffSeconds(tries));
  const remainingSeconds = QUEUE.retention.value - (Date.now() - acceptedMs) / state.secondMs - waitSeconds;
  if (outcome !== null && remainingSeconds > 0) {
    const retried = retriedEvent(delivery, outcome, remainingSeconds);
    later(state, waitSeconds, () => attempt(state, { ...delivery, event: retried, tries: tries + 1 }));
    return;
  }
  job.inProgress -= 1;
  if (outcome === null) job.success += 1;
  else job.failed += 1;
}

/** Whether the queue was reset since an event was accepted. */
function isForgotten({ jobs }: QueueState, { event, job }: Delivery): boolean {
  return jobs.get(event.jobId) !== job;
}

/** How long an event waits whose function named no time. */
function backOffSeconds(tries: number): number {
  return Math.min(QUEUE.firstInterval.value * 2 ** (tries - 1), QUEUE.longestInterval.value);
}

/** The event as it comes again. */
function retriedEvent({ event, acceptedMs }: Delivery, retry: Retry, remainingSeconds: number): QueueEvent {
  const { afterSeconds: _wait, isOfPlatform, ...why } = retry;
  const retryCount = (event.retryContext?.retryCount ?? 0) + (isOfPlatform ? 0 : 1);
  const retentionWindow = {
    startTime: new Date(acceptedMs).toISOString(),
    remainingTimeMs: Math.round(remainingSeconds * 1_000),
  };
  return { ...event, retryContext: { retryCount, ...why, retentionWindow } };
}

type Retry = {
  readonly afterSeconds: number | undefined;
  readonly isOfPlatform: boolean;
  readonly retryReason: string;
  readonly retryData?: unknown;
};

/**
 * The retry for which a function asked by returning an InvocationError of @forge/events, null when it
 * returned something else.
 */
export function retryAsked(result: unknown): Retry | null {
  const parsed = retrySchema.safeParse(result);
  if (!parsed.success) return null;
  const { retryAfter, retryReason = 'FUNCTION_RETRY_REQUEST', retryData } = parsed.data.retryOptions;
  const isSmall = retryData === undefined || Buffer.byteLength(JSON.stringify(retryData)) <= QUEUE.retryData.value;
  if (!isSmall) return { afterSeconds: undefined, isOfPlatform: false, retryReason };
  const afterSeconds = retryAfter === undefined ? undefined : Math.min(retryAfter, QUEUE.retryAfter.value);
  return { afterSeconds, isOfPlatform: false, retryReason, ...(retryData === undefined ? {} : { retryData }) };
}

function retryAfterFailure(error: unknown): Retry {
  const errorType = typeof error === 'object' && error !== null && 'errorType' in error ? error.errorType : undefined;
  const retryReason = errorType === 'FUNCTION_TIME_OUT' ? 'FUNCTION_TIME_OUT' : 'FUNCTION_PLATFORM_UNKNOWN_ERROR';
  return { afterSeconds: undefined, isOfPlatform: errorType === 'FUNCTION_CRASH', retryReason };
}
