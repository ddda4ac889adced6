import { makeResolver as makeSdkResolver } from '@forge/resolver';

/**
 * The SDK's `makeResolver`, without the names that every object has: the SDK looks a page's functions up in a plain
 * object, so that a page that asks for `constructor` would be answered with the context of its invocation.
 */
export const makeResolver: typeof makeSdkResolver = (handlers) => {
  const resolve = makeSdkResolver(handlers);
  return async (request, runtime) => {
    const { functionKey } = request.call;
    if (functionKey in Object.prototype) throw new Error(`Resolver has no definition for '${functionKey}'.`);
    return resolve(request, runtime);
  };
};
