import type { Site } from './site';

/** Puts a member's lease straight into storage, as another process would have left it. */
export function putLease({ platform }: Pick<Site, 'platform'>, memberId: number, lease: object): void {
  platform.kvs.handle('/api/v1/entity/set', { entityName: 'lease', key: String(memberId), value: lease });
}
