import { randomUUID } from 'node:crypto';
import { derivedUuid, operationIdSchema } from '../../../../src/usecases/result';

describe('an operation id from a page', () => {
  it('is a random one', () => {
    expect(operationIdSchema.safeParse(randomUUID()).success).toBe(true);
  });

  it.each([
    ['one that the app derives', derivedUuid('run-1', '7', '1')],
    ['another version', '018f3c1e-7b1a-7c3e-9b1a-0123456789ab'],
    ['none', '00000000-0000-0000-0000-000000000000'],
    ['capitals, which would be another key', randomUUID().toUpperCase().replace(/^./, 'A')],
    ['no UUID', 'request-1'],
  ])('is not %s', (_what, id) => {
    expect(operationIdSchema.safeParse(id).success).toBe(false);
  });
});
