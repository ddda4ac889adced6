import type { Interceptor } from '../../sandbox/forge/platform';
import { createSite, type Site, type SiteOptions } from './site';

/** Sites for tests of the identity sync: each is begun once, and put back to its beginning for every test. */
export type IdentityLab = {
  /** A site with a directory, of which nobody knows the reporters yet. */
  readonly open: (options: SiteOptions) => Promise<Site>;
  /** Lets so many milliseconds pass. */
  readonly wait: (ms: number) => void;
  /** Stands between the app and its platform until the test is over. */
  readonly intercept: (site: Site, interceptor: Interceptor) => void;
};

type Begun = { readonly site: Site; readonly storage: unknown };

/** A lab for the tests of a file. Beginning a site takes longer than most of these tests. */
export function createIdentityLab(): IdentityLab {
  const begun = new Map<string, Promise<Begun>>();
  const undo: (() => void)[] = [];
  let laterMs = 0;
  beforeEach(() => {
    laterMs = 0;
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const now = Date.now.bind(Date);
    jest.spyOn(Date, 'now').mockImplementation(() => now() + laterMs);
  });
  afterEach(() => {
    for (const heal of undo.splice(0)) heal();
    jest.restoreAllMocks();
  });
  afterAll(async () => {
    for (const one of begun.values()) await (await one).site.stop();
  });
  return {
    open: async (options) => {
      const name = JSON.stringify(options);
      const known = begun.get(name) ?? begin(options);
      begun.set(name, known);
      const { site, storage } = await known;
      site.simulator.reset();
      site.jira.reset();
      site.platform.queue.reset();
      site.platform.kvs.restore(storage);
      site.platform.clearRecords();
      return site;
    },
    wait: (ms) => {
      laterMs += ms;
    },
    intercept: (site, interceptor) => void undo.push(site.platform.intercept(interceptor)),
  };
}

async function begin(options: SiteOptions): Promise<Begun> {
  const site = await createSite({ offline: true, ...options });
  await site.refreshSlice();
  await site.platform.queue.idle();
  return { site, storage: structuredClone(site.platform.kvs.snapshot()) };
}
