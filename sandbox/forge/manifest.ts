import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { issueContextFault, type Named } from './issueContext';

const attributeTypes = ['string', 'integer', 'float', 'boolean', 'any'] as const;

const entitySchema = z.object({
  name: z.string(),
  attributes: z.record(z.string(), z.object({ type: z.enum(attributeTypes) })),
  indexes: z
    .array(
      z.union([
        z.string().transform((name) => ({ name, partition: [], range: [name] })),
        z.object({
          name: z.string(),
          partition: z.array(z.string()).default([]),
          range: z.array(z.string()).default([]),
        }),
      ]),
    )
    .default([]),
});

const functionSchema = z.object({
  key: z.string(),
  handler: z.string().regex(/^[\w/-]+\.\w+$/, 'a handler is written file.export'),
  timeoutSeconds: z.number().int().min(1).max(900).optional(),
});

const INTERVALS = ['fiveMinute', 'hour', 'day', 'week'] as const;
/** How often Forge runs a scheduled trigger. */
export type ScheduleInterval = (typeof INTERVALS)[number];

const moduleSchema = z.looseObject({
  key: z.string(),
  /** Plain, or a key of the translations. */
  title: z.union([z.string(), z.object({ i18n: z.string() })]).optional(),
  /** What stands on the line of an issue context; plain, or a key of the translations. */
  label: z
    .union([z.string(), z.object({ i18n: z.string() })])
    .optional()
    .catch(undefined),
  icon: z.string().optional(),
  resource: z.string().optional(),
  /** Where an action's form is; other modules have a `config` of another shape. */
  config: z.looseObject({ resource: z.string().optional() }).optional(),
  resolver: z.object({ function: z.string() }).optional(),
  function: z.string().optional(),
  /** Of an issue context: the function that says what stands on its line while it is collapsed. */
  dynamicProperties: z.object({ function: z.string() }).optional(),
  queue: z.string().optional(),
  /** Of a field: the function that computes its value. */
  view: z.looseObject({ value: z.object({ function: z.string() }).optional() }).optional(),
  interval: z.enum(INTERVALS).optional(),
});

/**
 * How a scope is declared in the form of a map.
 * @see https://developer.atlassian.com/platform/forge/manifest-reference/permissions/
 */
const scopeSchema = z.object({ allowImpersonation: z.boolean().default(false) });

function withoutImpersonation(scopes: readonly string[]): Record<string, z.infer<typeof scopeSchema>> {
  return Object.fromEntries(scopes.map((scope) => [scope, { allowImpersonation: false }]));
}

const manifestSchema = z.object({
  app: z.object({
    id: z.string(),
    storage: z.object({ entities: z.array(entitySchema).default([]) }).optional(),
  }),
  modules: z.object({ function: z.array(functionSchema, 'no function is declared') }).catchall(z.array(moduleSchema)),
  resources: z.array(z.object({ key: z.string(), path: z.string() })).default([]),
  translations: z
    .object({
      resources: z.array(z.object({ key: z.string(), path: z.string() })),
      fallback: z.object({ default: z.string() }).catchall(z.array(z.string())),
    })
    .optional(),
  permissions: z
    .object({
      scopes: z
        .union([z.array(z.string()).transform(withoutImpersonation), z.record(z.string(), scopeSchema)])
        .default({}),
      content: z
        .object({
          scripts: z.array(z.string()).exactOptional(),
          styles: z.array(z.literal('unsafe-inline')).exactOptional(),
        })
        .exactOptional(),
      external: z
        .looseObject({
          fetch: z
            .looseObject({
              backend: z.array(z.union([z.string(), z.looseObject({ address: z.string() })])).default([]),
            })
            .exactOptional(),
        })
        .default({}),
    })
    .default({ scopes: {}, external: {} }),
});

/** How a custom entity is declared: its attributes by name and its indexes. */
export type EntityDeclaration = z.infer<typeof entitySchema>;
/** A function of the app; `handler` names file and export. */
export type FunctionDeclaration = z.infer<typeof functionSchema>;
/** A module with its kind, such as `jira:issuePanel`; `valueType` is the `type` of a field. */
export type ModuleDeclaration = z.infer<typeof moduleSchema> & { readonly type: string; readonly valueType: unknown };

/** What the host needs to know of an app's manifest.yml. */
export type Manifest = {
  /** The id without its ARI prefix. */
  readonly appId: string;
  readonly entities: readonly EntityDeclaration[];
  readonly functions: readonly FunctionDeclaration[];
  /** Every module except the functions. */
  readonly modules: readonly ModuleDeclaration[];
  readonly resources: readonly { readonly key: string; readonly path: string }[];
  /** The languages' files and which one stands in for another; undefined for an app in one language. */
  readonly translations: z.infer<typeof manifestSchema>['translations'];
  readonly scopes: readonly string[];
  /** Those of them under which the app may ask as somebody who is not there. */
  readonly impersonationScopes: readonly string[];
  /** The addresses that functions may fetch. */
  readonly backendEgress: readonly string[];
  /** `permissions` as parsed, for the functions' context and the Content-Security-Policy. */
  readonly permissions: z.infer<typeof manifestSchema>['permissions'];
};

/** Reads an app's manifest.yml. Throws with the file and the first thing wrong with it. */
export function readManifest(appDir: string): Manifest {
  const file = path.join(appDir, 'manifest.yml');
  return parseManifest(readFileSync(file, 'utf8'), file);
}

/** Manifests as parsed, by their texts. A process that makes hundreds of sites would parse one text each time. */
const parsedTexts = new Map<string, Manifest>();

/** Parses the text of a manifest, once. Throws with `name` and the first thing wrong with it. */
export function parseManifest(text: string, name = 'manifest.yml'): Manifest {
  const known = parsedTexts.get(text);
  if (known !== undefined) return known;
  const manifest = manifestOf(text, name);
  parsedTexts.set(text, manifest);
  return manifest;
}

function manifestOf(text: string, name: string): Manifest {
  const written: unknown = parse(text);
  const parsed = manifestSchema.safeParse(written);
  if (!parsed.success) throw new Error(`${name}: ${z.prettifyError(parsed.error)}`);
  const { app, modules, resources, translations, permissions } = parsed.data;
  const { function: functions, ...others } = modules;
  const fault = contextFaultIn(written, {
    functions: functions.map(({ key }) => key),
    resources: resources.map(({ key }) => key),
  });
  if (fault !== null) throw new Error(`${name}: jira:issueContext: ${fault}`);
  return {
    appId: app.id.split('/').at(-1) ?? app.id,
    entities: app.storage?.entities ?? [],
    functions,
    modules: Object.entries(others).flatMap(([type, list]) =>
      list.map((module) => ({ ...module, valueType: module.type, type })),
    ),
    resources,
    translations,
    scopes: Object.keys(permissions.scopes),
    impersonationScopes: Object.entries(permissions.scopes).flatMap(([name, { allowImpersonation }]) =>
      allowImpersonation ? [name] : [],
    ),
    backendEgress: (permissions.external.fetch?.backend ?? []).map((entry) =>
      typeof entry === 'string' ? entry : entry.address,
    ),
    permissions,
  };
}

const contextsSchema = z.object({ modules: z.object({ 'jira:issueContext': z.array(z.unknown()).default([]) }) });

/** As it is written: what the host does not need of a module is left out above. */
function contextFaultIn(written: unknown, named: Named): string | null {
  const contexts = contextsSchema.parse(written).modules['jira:issueContext'];
  return contexts.map((module) => issueContextFault(module, named)).find((fault) => fault !== null) ?? null;
}

/** The module of that key. Throws when the manifest has none. */
export function moduleOf(manifest: Manifest, key: string): ModuleDeclaration {
  const found = manifest.modules.find((module) => module.key === key);
  if (found === undefined)
    throw new Error(
      `manifest.yml has no module ${key}; it has ${manifest.modules.map((module) => module.key).join(', ')}`,
    );
  return found;
}

/** The function of that key. Throws when the manifest has none. */
export function functionOf(manifest: Manifest, key: string): FunctionDeclaration {
  const found = manifest.functions.find((declared) => declared.key === key);
  if (found === undefined) throw new Error(`manifest.yml has no function ${key}`);
  return found;
}
