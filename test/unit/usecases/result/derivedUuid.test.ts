import { derivedUuid, operationIdOf } from '../../../../src/usecases/result';

describe('an id that follows from others', () => {
  it('is always the same UUID for the same parts, as computed apart from this code', () => {
    // SHA-256 of ["hook","h1","order-0001"], with version and variant set as RFC 9562 asks.
    expect(derivedUuid('hook', 'h1', 'order-0001')).toBe('d61b95fb-d622-86da-804f-c85066156456');
    expect(derivedUuid('hook', 'h1', 'order-0001')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('differs where the parts do, also when they read alike in a row', () => {
    expect(derivedUuid('a', 'bc')).not.toBe(derivedUuid('ab', 'c'));
    expect(derivedUuid('a')).not.toBe(derivedUuid('b'));
  });

  it('is another one for each attempt of a request, so that each attempt happens at most once', () => {
    expect(operationIdOf('request-1', 1)).toBe(operationIdOf('request-1', 1));
    expect(operationIdOf('request-1', 1)).not.toBe(operationIdOf('request-1', 2));
    expect(operationIdOf('request-1', 1)).not.toBe(operationIdOf('request-2', 1));
  });
});
