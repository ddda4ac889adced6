import { CSPInjectionService, CSPProcessingService } from '@forge/csp';
import { load } from 'cheerio';
import type { Manifest } from './manifest';

/**
 * The Content-Security-Policy with which Forge's CDN would serve a page, built by Atlassian's own code
 * from the page and the manifest's permissions. Only who may frame it and where violations are
 * reported are the sandbox's.
 */
export function contentSecurityPolicy(html: string, manifest: Manifest, productOrigins: readonly string[]): string {
  const { content, external } = manifest.permissions;
  const permissions = { scopes: [...manifest.scopes], external, ...(content === undefined ? {} : { content }) };
  const existingCSPDetails = new CSPProcessingService({ info: () => undefined }, load).getCspDetails(html, permissions);
  const directives = new CSPInjectionService().getInjectableCSP({
    existingCSPDetails,
    microsEnv: 'prod',
    hostname: productOrigins[0] ?? '',
  });
  const own = directives.filter((directive) => !/^(report-uri|frame-ancestors)\b/.test(directive));
  return [...own, `frame-ancestors 'self' ${productOrigins.join(' ')}`].join('; ');
}
