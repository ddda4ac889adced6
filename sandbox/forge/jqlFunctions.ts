import { z } from 'zod';
import type { Manifest } from './manifest';
import { SITE } from './site';

const moduleSchema = z.object({
  key: z.string(),
  name: z.string(),
  arguments: z.array(z.object({ name: z.string(), required: z.boolean() })).default([]),
  types: z.array(z.string()),
  operators: z.array(z.string()),
});

/** A JQL function of the app, as its manifest declares it. */
export type JqlFunction = z.output<typeof moduleSchema> & {
  /** The name under which Jira keeps its answers: an ARI. */
  readonly functionKey: string;
};

/** The clause in which a function of the app stands. */
export type JqlClause = {
  readonly field: string;
  readonly functionName: string;
  readonly operator: string;
  readonly arguments: readonly string[];
};

/** What Jira knows of the app's JQL functions. */
export type JqlApp = {
  readonly functions: () => readonly JqlFunction[];
  /** Runs the function of a module without anyone in front of it; rejects when it throws or takes longer than 25 s. */
  readonly compute: (moduleKey: string, body: { readonly clause: JqlClause }) => Promise<unknown>;
};

/**
 * The `jira:jqlFunction` modules of a manifest.
 * @see https://developer.atlassian.com/platform/forge/manifest-reference/modules/jira-jql-function/
 */
export function jqlFunctionsOf(manifest: Manifest): JqlFunction[] {
  return manifest.modules
    .filter(({ type }) => type === 'jira:jqlFunction')
    .map((module) => ({
      ...moduleSchema.parse(module),
      functionKey: `ari:cloud:ecosystem::extension/${manifest.appId}/${SITE.environmentId}/static/${module.key}`,
    }));
}
