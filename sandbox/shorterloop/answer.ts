import { z } from 'zod';
import type { Fault } from './faults';
import type { Clock } from '../forge/clock';
import { failed, succeeded, type HttpAnswer } from './envelope';
import { manage } from './manage';
import type { Asked } from './routes';
import type { HowMuch, State } from './state';
import type { SimulatedRequest } from './types';

/** What a Shorter Loop is, as far as one answer needs it. */
export type Site = {
  readonly state: State;
  readonly key: string;
  readonly initiativeId: number;
  readonly count: 'truthful' | 'zero';
  readonly clock: Clock;
};

type CountFault = Extract<Fault, { kind: 'count' }>['count'];
/** How the faults of a request change the way it is answered. */
export type Circumstances = {
  readonly keyRevoked: boolean;
  readonly wrongInitiative: boolean;
  readonly howMuch: HowMuch;
  readonly count: CountFault | null;
};

const bodySchema = z.object({ users: z.array(z.int().positive()) });

/** Answers a request as Shorter Loop does: who asks, then what is asked, then for which initiative, then with what. */
export function answer(site: Site, asked: Asked, request: SimulatedRequest, circumstances: Circumstances): HttpAnswer {
  if (circumstances.keyRevoked || header(request, 'authorization') !== `Bearer ${site.key}`)
    return failed(401, 'Unauthorized');
  if (asked.kind === 'unknownPath') return failed(404, `Cannot ${request.method} ${request.path}`);
  if (asked.kind === 'wrongVerb') return failed(405, 'Method not allowed', { allow: asked.allowed.join(', ') });
  const initiative = header(request, 'initiativeid');
  if (!/^[1-9]\d*$/.test(initiative)) return failed(400, 'initiativeId header is required');
  if (circumstances.wrongInitiative || Number(initiative) !== site.initiativeId)
    return failed(403, 'You have no access to this initiative');
  switch (asked.kind) {
    case 'listSegments':
      return succeeded('Segments retrieved successfully', JSON.stringify(site.state.listSegments()));
    case 'segmentsWithMembers':
      return succeeded('Segments retrieved successfully', site.state.segmentsJson());
    case 'segmentWithMembers': {
      const text = site.state.segmentJson(toId(asked.id));
      return text === undefined ? failed(404, 'Segment not found') : succeeded('Segment retrieved successfully', text);
    }
    default:
      return manage(
        site.state,
        {
          route: asked.kind,
          segmentId: asked.id === null ? null : toId(asked.id),
          body: jsonOf(request),
        },
        site.clock.now(),
      );
    case 'move':
      return write(site, request, { from: toId(asked.from), to: toId(asked.to) }, circumstances);
    case 'remove':
      return write(site, request, { from: toId(asked.from), to: null }, circumstances);
    case 'add':
      return write(site, request, { from: null, to: toId(asked.to) }, circumstances);
  }
}

function write(
  site: Site,
  request: SimulatedRequest,
  { from, to }: { readonly from: number | null; readonly to: number | null },
  { howMuch, count }: Circumstances,
): HttpAnswer {
  const users = usersOf(request);
  if (users === null) return failed(422, 'users must be a list of ids');
  if (users.length === 0) return failed(422, 'users must not be empty');
  if ((from !== null && !site.state.hasSegment(from)) || (to !== null && !site.state.hasSegment(to)))
    return failed(404, 'Segment not found');
  if (from === to) return failed(422, 'Source and target are the same segment');
  const applied = site.state.apply({ from, to, memberIds: users }, howMuch, site.clock.now());
  const done = from === null ? 'added to' : to === null ? 'removed from' : 'moved to';
  const message = `Users ${done} segment successfully`;
  const truthful = site.count === 'zero' ? 0 : applied;
  return succeeded(message, JSON.stringify(count === null ? { count: truthful } : oddCount(count, users.length)));
}

function oddCount(count: CountFault, asked: number): { count?: number | string } {
  switch (count) {
    case 'zero':
      return { count: 0 };
    case 'missing':
      return {};
    case 'partial':
      return { count: asked - 1 };
    case 'tooLarge':
      return { count: asked + 7 };
    case 'string':
      return { count: String(asked) };
    case 'negative':
      return { count: -1 };
    default:
      return { count };
  }
}

function usersOf(request: SimulatedRequest): number[] | null {
  const parsed = bodySchema.safeParse(jsonOf(request));
  return parsed.success ? parsed.data.users : null;
}

function jsonOf(request: SimulatedRequest): unknown {
  // Like a JSON body parser: another content type means no body.
  if (request.body === null || !header(request, 'content-type').startsWith('application/json')) return undefined;
  try {
    return JSON.parse(request.body);
  } catch {
    return undefined;
  }
}

function toId(text: string): number {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : Number.NaN;
}

function header(request: SimulatedRequest, name: string): string {
  const found = Object.entries(request.headers).find(
    ([key, value]) => value !== undefined && key.toLowerCase() === name,
  );
  return found?.[1]?.trim() ?? '';
}
