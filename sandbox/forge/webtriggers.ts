import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Manifest, ModuleDeclaration } from './manifest';
import { jsonAnswer, notModelled, type PlatformAnswer } from './wire';

/** The web trigger URLs that functions asked for. */
export type Webtriggers = {
  /** Answers the GraphQL requests of `webTrigger` in @forge/api. */
  readonly handle: (body: unknown) => PlatformAnswer;
  /** The key of the web trigger behind a URL's id, null when there is none. */
  readonly keyOf: (id: string) => string | null;
  readonly reset: () => void;
};

const requestSchema = z.object({ query: z.string(), variables: z.looseObject({}).default({}) });
const createSchema = z.object({ input: z.object({ triggerKey: z.string() }), forceCreate: z.boolean().nullish() });

/** Makes the registry. `originOf` answers the origin on which the product page's server takes the calls. */
export function createWebtriggers(manifest: Manifest, originOf: () => string): Webtriggers {
  const keys = new Map<string, string>();
  const idOf = (key: string, forceCreate: boolean): string => {
    const known = forceCreate ? undefined : [...keys].find(([, triggerKey]) => triggerKey === key)?.[0];
    const id = known ?? randomUUID();
    keys.set(id, key);
    return id;
  };
  return {
    handle: (body) => {
      const { query, variables } = requestSchema.parse(body);
      if (!query.includes('createWebTriggerUrl')) return notModelled(`GraphQL ${query.trim().slice(0, 60)}`);
      const { input, forceCreate } = createSchema.parse(variables);
      const declared = manifest.modules.find(({ type, key }) => type === 'webtrigger' && key === input.triggerKey);
      if (declared === undefined)
        return jsonAnswer(200, { errors: [{ message: `manifest.yml has no webtrigger ${input.triggerKey}` }] });
      return jsonAnswer(200, {
        data: {
          createWebTriggerUrl: {
            url: `${originOf()}/${pathOf(declared)}/${idOf(input.triggerKey, forceCreate === true)}`,
          },
        },
      });
    },
    keyOf: (id) => keys.get(id) ?? null,
    reset: () => keys.clear(),
  };
}

/**
 * The first part of a URL's path by the manifest's `urlFormat`. Documented:
 * https://developer.atlassian.com/platform/forge/manifest-reference/modules/web-trigger/
 */
function pathOf({ urlFormat }: ModuleDeclaration): 'x1' | 'public' {
  return urlFormat === 'v2' ? 'public' : 'x1';
}
