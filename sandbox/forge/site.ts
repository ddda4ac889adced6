/** The one site on which the sandbox installs the app. Fixed, so that a kept state fits the next start. */
export const SITE = {
  cloudId: '11111111-2222-4333-8444-555555555555',
  siteUrl: 'https://sandbox.atlassian.net',
  environmentId: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
  environmentType: 'DEVELOPMENT',
  installationId: '99999999-8888-4777-8666-555555555555',
  appVersion: '0.1.0',
  contextAri: 'ari:cloud:jira::site/11111111-2222-4333-8444-555555555555',
} as const;
