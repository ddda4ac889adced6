import type { WriteStop } from '../../contract';

/** Lets a kind of write rest for the whole site. */
export async function recordStop(stop: WriteStop): Promise<void> {
  await Promise.resolve(stop);
}
