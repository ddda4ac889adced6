import { z } from 'zod';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';
import { median } from './intervals';
import { openPanel, type Opened } from './openPanel';

const SMALL = 1_000;
const LARGE = 1_000_000;
const WARM_UP = 10;
const COUNTED = 60;
/** Ids of members who are only in the directory begin here, beyond those of the simulator. */
const FIRST_ID = 10_000_000;

/** What a directory's size costs a panel that opens. */
export type DirectoryFigures = {
  /** The resolver's time with 1,000,000 members over that with 1,000: the median of pairs. */
  readonly panelTimeRatio: number;
  /** How many calls to the platform and to Shorter Loop more. */
  readonly panelCallsDifference: number;
};

/** Opens the same panel on two sites in turn, whose directories differ in size alone; both are seeded straight into storage. */
export async function measureDirectory(say: (line: string) => void): Promise<DirectoryFigures> {
  const sites = { small: await siteWith(SMALL), large: await siteWith(LARGE) };
  try {
    const pairs: { readonly small: Opened; readonly large: Opened }[] = [];
    for (let count = 0; count < WARM_UP + COUNTED; count += 1) {
      // Who is first changes: neither is always measured after the other.
      if (count % 2 === 0) pairs.push({ small: await open(sites.small), large: await open(sites.large) });
      else {
        const large = await open(sites.large);
        pairs.push({ large, small: await open(sites.small) });
      }
    }
    const counted = pairs.slice(WARM_UP);
    const times = {
      small: median(counted.map(({ small }) => small.tookMs)),
      large: median(counted.map(({ large }) => large.tookMs)),
    };
    const panelTimeRatio = Number((times.large / times.small).toFixed(3));
    const calls = {
      small: Math.max(...counted.map(({ small }) => small.calls.length)),
      large: Math.max(...counted.map(({ large }) => large.calls.length)),
    };
    say(
      `panel.open by the directory: ${times.small.toFixed(1)} ms and ${calls.small} calls with ${SMALL} members, ${times.large.toFixed(1)} ms and ${calls.large} calls with ${LARGE}`,
    );
    return { panelTimeRatio, panelCallsDifference: calls.large - calls.small };
  } finally {
    await sites.small.stop();
    await sites.large.stop();
  }
}

async function siteWith(members: number): Promise<Sandbox> {
  const sandbox = await startSandbox({});
  const { simulator, host, jira } = sandbox;
  if (simulator === null) throw new Error('The benchmark needs the embedded Shorter Loop');
  // The first open links the reporter.
  await openPanel(sandbox, '"kind":"live"');
  const store = (path: string, body: object): void => {
    const { status } = host.kvs.handle(path, body);
    if (status !== 200) throw new Error('A row of the benchmark was refused');
  };
  const ids = simulator.segments.map(({ id }) => id);
  const put = (memberId: number, segmentIds: readonly number[]): void =>
    store('/api/v1/entity/set', {
      entityName: 'member',
      key: String(memberId),
      value: { segmentIds, emailKey: `key-of-${String(memberId).padStart(36, '0')}` },
    });
  for (let place = 1; place < members; place += 1) put(FIRST_ID + place, [ids[place % ids.length] ?? 0]);
  const memberId = jira.memberFor('one')?.id ?? 0;
  put(memberId, simulator.truth.membershipsOf(memberId));
  const { connection } = z
    .object({ connection: z.object({ apiOrigin: z.string(), initiativeId: z.number() }) })
    .parse(host.kvs.plain().find(({ key }) => key === 'settings')?.value);
  const segments = simulator.segments.map(({ id, name }) => ({ id, name, members: Math.ceil(members / ids.length) }));
  const source = { apiOrigin: connection.apiOrigin, initiativeId: connection.initiativeId };
  store('/api/v1/set', {
    key: 'directory',
    value: { version: 1, source, complete: { asOfMs: Date.now(), finishedAtMs: Date.now(), segments } },
  });
  return sandbox;
}

/** Opens the panel as the directory tells of its reporter. */
const open = (sandbox: Sandbox): Promise<Opened> => openPanel(sandbox, '"kind":"directory"');
