import type { Site } from './site';

/** Renames a segment in Shorter Loop, as somebody there may at any time. */
export async function renameSegment({ simulator }: Pick<Site, 'simulator'>, id: number, name: string): Promise<void> {
  await simulator.handle({
    method: 'PUT',
    path: `/api/v2/segments/${id}`,
    headers: {
      authorization: `Bearer ${simulator.key}`,
      initiativeid: String(simulator.initiativeId),
      'content-type': 'application/json',
    },
    body: JSON.stringify({ name }),
  });
  if (!simulator.truth.snapshot().segments.some((segment) => segment.id === id && segment.name === name))
    throw new Error('The segment was not renamed');
}

/** The member of a reporter who is in one segment, that segment, and two that they are not in. */
export function placesOf({ jira, simulator }: Pick<Site, 'jira' | 'simulator'>) {
  const { id: memberId = 0, segmentIds = [] } = jira.memberFor('one') ?? {};
  const [from = 0] = segmentIds;
  const [to = 0, another = 0] = simulator.segments.map(({ id }) => id).filter((id) => !segmentIds.includes(id));
  return { memberId, from, to, another };
}
