import type { ProductHooks } from './operationContext';
import { objectOf, propertyOf, textAt } from './values';

/**
 * The path of a location that the app names, such as `{target: 'module', moduleKey, path}`. Throws for one
 * that the product page does not have, and for what the sandbox does not model.
 * @see https://developer.atlassian.com/platform/forge/custom-ui-bridge/router/
 */
export function pathOfLocation(hooks: Pick<ProductHooks, 'urlOf'>, where: unknown): string {
  const target = propertyOf(where, 'target');
  const path = hooks.urlOf?.(objectOf(where)) ?? (target === 'issue' ? `/browse/${textAt(where, 'issueKey')}` : null);
  if (path === null)
    throw new Error(
      `The sandbox has no page for the target ${String(target)}` +
        (target === 'module' ? ` ${textAt(where, 'moduleKey')}` : ''),
    );
  const within = propertyOf(where, 'path');
  if (within === undefined) return path;
  if (target !== 'module' || typeof within !== 'string')
    throw new Error(`The sandbox does not model a path within the target ${String(target)}`);
  return `${path}/${within.replace(/^\//, '')}`;
}
