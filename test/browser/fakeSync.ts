import type { Page, Route } from '@playwright/test';
import { z } from 'zod';
import { SYNC_STATES, type ReviewCause, type ReviewRow, type SyncCount, type SyncView } from '../../src/contract';
import { invokeCall } from './site';

const reviewInput = z.object({ cause: z.string(), after: z.string().nullable() });
const dismissInput = z.object({ accountId: z.string(), as: z.string() });
const steerInput = z.object({ act: z.enum(['pause', 'resume', 'startOver']) });
const automaticInput = z.object({ isAutomatic: z.boolean() });

const NOBODY: SyncCount = { reporters: 0, issues: 0 };
const counts = (some: Partial<SyncView['counts']>): SyncView['counts'] => {
  const pairs = SYNC_STATES.map((state) => [state, some[state] ?? NOBODY] as const);
  return z
    .record(z.enum(SYNC_STATES), z.object({ reporters: z.int(), issues: z.int() }))
    .parse(Object.fromEntries(pairs));
};

/** A site whose backfill ended, with somebody to decide about in each of two causes. */
export const DONE: SyncView = {
  isAutomatic: true,
  progress: {
    phase: 'done',
    restsUntilMs: null,
    issues: 1_240,
    issuesInAll: 1_240,
    projects: { read: 3, inAll: 3 },
    points: 96,
    issuesAMinute: null,
    leftMs: null,
    startedAtMs: Date.now() - 900_000,
    finishedAtMs: Date.now() - 300_000,
    unread: [],
    unreadCount: 0,
  },
  counts: counts({
    linked: { reporters: 149, issues: 1_041 },
    memberGone: { reporters: 1, issues: 9 },
    unlinked: { reporters: 1, issues: 4 },
    emailShared: { reporters: 2, issues: 21 },
    notFound: { reporters: 2, issues: 90 },
    emailHidden: { reporters: 1, issues: 12 },
    notAPerson: { reporters: 9, issues: 63 },
  }),
  days: Array.from({ length: 21 }, (_, nth) => ({
    day: new Date(Date.UTC(2026, 10, 1 + nth)).toISOString().slice(0, 10),
    linked: 20 + nth * 6,
    marked: nth < 15 ? 0 : 1,
    certain: nth < 6 ? 60 - nth * 10 : 0,
    review: 8 - Math.floor(nth / 5),
    leftOut: 1,
  })),
  customerDomains: [
    { domain: 'acme.example', customers: 31 },
    { domain: 'mail.example', customers: 4 },
  ],
};

/** {@link DONE} with nobody in need of a decision. */
export const DECIDED: SyncView = { ...DONE, counts: counts({ linked: { reporters: 155, issues: 1_177 } }) };

/** What the faked functions were asked for. */
export type FakeSync = { view: SyncView; rows: Partial<Record<ReviewCause, readonly ReviewRow[]>>; asked: string[] };

/**
 * Answers the sync's functions in the app's stead, so that a page shows states that take a large site hours; whatever
 * else a page asks for comes from the app.
 */
export async function fakeSync(page: Page, fake: FakeSync): Promise<void> {
  await page.route('**/__forge/bridge', async (route: Route) => {
    const call = invokeCall.safeParse(route.request().postDataJSON());
    const value = call.success ? answerOf(fake, call.data.data) : undefined;
    if (value === undefined) return route.fallback();
    return route.fulfill({ json: { ok: { kind: 'ok', value } } });
  });
}

function answerOf(fake: FakeSync, { functionKey, payload }: { functionKey: string; payload?: unknown }): unknown {
  switch (functionKey) {
    case 'admin.sync':
      return fake.view;
    case 'admin.setAutomatic':
      fake.view = { ...fake.view, ...automaticInput.parse(payload) };
      fake.asked.push(`automatic ${String(fake.view.isAutomatic)}`);
      return fake.view;
    case 'admin.steerSync': {
      const { act } = steerInput.parse(payload);
      fake.asked.push(act);
      fake.view = { ...fake.view, progress: { ...fake.view.progress, phase: act === 'pause' ? 'paused' : 'reading' } };
      return fake.view;
    }
    case 'admin.review': {
      const { cause } = reviewInput.parse(payload);
      const rows = Object.entries(fake.rows).find(([one]) => one === cause)?.[1] ?? [];
      return { rows, next: null };
    }
    case 'admin.dismissReporter': {
      const { accountId, as } = dismissInput.parse(payload);
      fake.asked.push(`${as} ${accountId}`);
      return { accountId };
    }
    default:
      return undefined;
  }
}
