import { z } from 'zod';

/**
 * The rules of the server's half of Forge's lint: what no package on the developer's machine knows, and what
 * `forge deploy` refuses. Each rule says where it is from.
 */

/** A rule of the server, with what it is known from. */
export type ServerRule = {
  readonly name: string;
  /** The page that documents it, or the day on which it was measured on a site, or both. */
  readonly evidence: string;
  /** Sentences with cause and mend, one for each place that breaks the rule. */
  readonly check: (manifest: Manifest) => string[];
};

const DOCS = 'https://developer.atlassian.com/platform/forge/';
const ENTITIES = `documented: ${DOCS}storage-reference/entities-manifest/`;
const MEASURED = 'measured 2026-10-09';

const typeSchema = z.string();
const indexSchema = z.union([
  z.string(),
  z.looseObject({ name: z.string(), partition: z.array(z.string()).optional(), range: z.array(z.string()).optional() }),
]);
const entitySchema = z.looseObject({
  name: z.string(),
  attributes: z.record(z.string(), z.looseObject({ type: typeSchema })),
  indexes: z.array(indexSchema).default([]),
});
const moduleSchema = z.looseObject({
  key: z.string(),
  interval: z.string().optional(),
  urlFormat: z.unknown().optional(),
});
const addressSchema = z.union([
  z.string(),
  z.looseObject({ address: z.string() }).transform(({ address }) => address),
  z.looseObject({ remote: z.string() }).transform(() => null),
]);
const manifestSchema = z.looseObject({
  app: z.looseObject({
    runtime: z.looseObject({ name: z.string() }),
    storage: z.looseObject({ entities: z.array(entitySchema).default([]) }).default({ entities: [] }),
  }),
  modules: z.looseObject({
    scheduledTrigger: z.array(moduleSchema).default([]),
    webtrigger: z.array(moduleSchema).default([]),
  }),
  permissions: z
    .looseObject({
      external: z
        .looseObject({
          fetch: z
            .looseObject({ backend: z.array(addressSchema).default([]), client: z.array(addressSchema).default([]) })
            .default({ backend: [], client: [] }),
        })
        .default({ fetch: { backend: [], client: [] } }),
    })
    .default({ external: { fetch: { backend: [], client: [] } } }),
});

/** What the rules look at of a manifest. */
type Manifest = z.infer<typeof manifestSchema>;
type Entity = Manifest['app']['storage']['entities'][number];

const MAX = { entities: 20, indexes: 7, attributes: 50, triggers: 5, fiveMinutes: 1, attributeLength: 30 } as const;
/** Words of query languages. That they are reserved is assumed: Forge refuses some names without a list of them (INVALID_ENTITY_ATTRIBUTE). */
const RESERVED = new Set([
  'all',
  'and',
  'as',
  'by',
  'desc',
  'from',
  'group',
  'having',
  'in',
  'is',
  'join',
  'key',
  'like',
  'limit',
  'not',
  'null',
  'or',
  'order',
  'select',
  'table',
  'to',
  'union',
  'where',
]);
const REFUSED_RUNTIMES = ['sandbox', 'nodejs18.x', 'nodejs20.x'];

const eachEntity =
  (check: (entity: Entity) => string[]) =>
  ({ app }: Manifest): string[] =>
    app.storage.entities.flatMap(check);
const nameOf = (index: z.infer<typeof indexSchema>): string => (typeof index === 'string' ? index : index.name);
const eachIndex = (check: (where: string, index: z.infer<typeof indexSchema>, entity: Entity) => string[]) =>
  eachEntity((entity) =>
    entity.indexes.flatMap((index) => check(`Index ${nameOf(index)} of entity ${entity.name}`, index, entity)),
  );
const when = (broken: boolean, sentence: string): string[] => (broken ? [sentence] : []);
const isOutside = (text: string, least: number, most: number): boolean => text.length < least || text.length > most;

/** Every rule, in the order of a manifest. */
export const SERVER_RULES: readonly ServerRule[] = [
  {
    name: 'runtime',
    evidence: MEASURED,
    check: ({ app: { runtime } }) =>
      when(
        REFUSED_RUNTIMES.includes(runtime.name),
        `The runtime ${runtime.name} is refused at deploy: name nodejs24.x`,
      ),
  },
  {
    name: 'entity count',
    evidence: `${ENTITIES}; ${MEASURED}`,
    check: ({ app: { storage } }) =>
      when(
        storage.entities.length > MAX.entities,
        `There are ${String(storage.entities.length)} entities, at most ${String(MAX.entities)} are taken: keep some kinds of rows in one entity`,
      ),
  },
  {
    name: 'entity name',
    evidence: `${ENTITIES}; ${MEASURED}`,
    check: ({ app: { storage } }) =>
      storage.entities.flatMap(({ name }, nth) => [
        ...when(isOutside(name, 3, 60), `Entity ${name} has a name of ${String(name.length)} characters: take 3 to 60`),
        ...when(
          !/^(?![-_.])(?!.*\.\.)[_a-z0-9:.-]*(?<!\.)$/.test(name),
          `Entity ${name} has a character in its name that is not taken there: use a-z, 0-9, :, -, _ and ., and begin with a letter or a digit`,
        ),
        ...when(
          storage.entities.findIndex((other) => other.name === name) !== nth,
          `Entity ${name} is declared twice: give one of them another name`,
        ),
      ]),
  },
  {
    name: 'attribute count',
    evidence: ENTITIES,
    check: eachEntity(({ name, attributes }) => {
      const count = Object.keys(attributes).length;
      return when(
        count > MAX.attributes,
        `Entity ${name} has ${String(count)} attributes, at most ${String(MAX.attributes)} are taken: keep some in one attribute of type any`,
      );
    }),
  },
  {
    name: 'attribute name',
    evidence: ENTITIES,
    check: eachEntity(({ name, attributes }) =>
      Object.keys(attributes).flatMap((attribute) => [
        ...when(
          attribute.length > MAX.attributeLength,
          `Attribute ${attribute} of entity ${name} has a name of ${String(attribute.length)} characters: take at most ${String(MAX.attributeLength)}`,
        ),
        ...when(
          !/^[_A-Za-z][_0-9A-Za-z]*$/.test(attribute),
          `Attribute ${attribute} of entity ${name} has a character in its name that is not taken there: use letters, digits and _, and begin with a letter`,
        ),
      ]),
    ),
  },
  {
    name: 'reserved word',
    evidence: `assumed, as the list is not published: ${DOCS}storage-reference/entities-errorhandling/ (INVALID_ENTITY_ATTRIBUTE, INVALID_ENTITY_INDEX)`,
    check: eachEntity(({ name, attributes, indexes }) => [
      ...Object.keys(attributes).flatMap((attribute) =>
        when(
          RESERVED.has(attribute.toLowerCase()),
          `Attribute ${attribute} of entity ${name} may be a reserved word: say more in its name`,
        ),
      ),
      ...indexes.flatMap((index) =>
        when(nameOf(index) === 'by-key', `Index by-key of entity ${name} is Forge's own: give it another name`),
      ),
    ]),
  },
  {
    name: 'attribute type',
    evidence: ENTITIES,
    check: eachEntity(({ name, attributes }) =>
      Object.entries(attributes).flatMap(([attribute, { type }]) => [
        ...when(
          !['string', 'integer', 'float', 'boolean', 'any'].includes(type),
          `Attribute ${attribute} of entity ${name} has the unknown type ${type}: take string, integer, float, boolean or any`,
        ),
        ...when(
          type === 'integer' && /(Ms|Id)$/.test(attribute),
          `Attribute ${attribute} of entity ${name} is a time or an id, which does not fit in the 32 bits of an integer: declare a float`,
        ),
      ]),
    ),
  },
  {
    name: 'index count',
    evidence: `${ENTITIES}; ${MEASURED}`,
    check: eachEntity(({ name, indexes }) =>
      when(
        indexes.length > MAX.indexes,
        `Entity ${name} has ${String(indexes.length)} indexes, at most ${String(MAX.indexes)} are taken: look for some rows along another index`,
      ),
    ),
  },
  {
    name: 'index name',
    evidence: `${ENTITIES}; ${MEASURED}`,
    check: eachIndex((where, index, { name: entity, indexes }) => {
      const name = nameOf(index);
      return [
        ...when(isOutside(name, 3, 50), `${where} has a name of ${String(name.length)} characters: take 3 to 50`),
        ...when(
          !/^(?!\.)(?!.*\.\.)[a-zA-Z0-9:_.-]*(?<!\.)$/.test(name),
          `${where} has a character in its name that is not taken there: use a-z, A-Z, 0-9, :, -, _ and .`,
        ),
        ...when(
          indexes.filter((other) => nameOf(other) === name).length > 1,
          `${where} is declared twice in ${entity}: give one of them another name`,
        ),
      ];
    }),
  },
  {
    name: 'range attribute',
    evidence: `${ENTITIES}; ${MEASURED}`,
    check: eachIndex((where, index) =>
      when(
        typeof index !== 'string' && index.range?.length !== 1,
        `${where} has ${typeof index === 'string' ? '' : String(index.range?.length ?? 0)} range attributes: name exactly one`,
      ),
    ),
  },
  {
    name: 'indexed attribute',
    evidence: ENTITIES,
    check: eachIndex((where, index, { attributes }) => {
      const used = typeof index === 'string' ? [index] : [...(index.partition ?? []), ...(index.range ?? [])];
      return used.flatMap((attribute) => [
        ...when(
          attributes[attribute] === undefined,
          `${where} names ${attribute}, which the entity does not have: declare the attribute`,
        ),
        ...when(
          attributes[attribute]?.type === 'any',
          `${where} names ${attribute}, which is of type any and can't be indexed: give the attribute a type`,
        ),
      ]);
    }),
  },
  {
    name: 'trigger count',
    evidence: `documented: ${DOCS}limits-scheduled-trigger/`,
    check: ({ modules: { scheduledTrigger } }) => {
      const often = scheduledTrigger.filter(({ interval }) => interval === 'fiveMinute').length;
      return [
        ...when(
          scheduledTrigger.length > MAX.triggers,
          `There are ${String(scheduledTrigger.length)} scheduled triggers, at most ${String(MAX.triggers)} are taken: let one function do several things`,
        ),
        ...when(
          often > MAX.fiveMinutes,
          `There are ${String(often)} scheduled triggers of fiveMinute, one is taken: let one function do several things`,
        ),
      ];
    },
  },
  {
    name: 'urlFormat',
    evidence: `documented: ${DOCS}manifest-reference/modules/web-trigger/`,
    check: ({ modules: { webtrigger } }) =>
      webtrigger.flatMap(({ key, urlFormat }) =>
        when(
          urlFormat !== undefined && urlFormat !== 'v1' && urlFormat !== 'v2',
          `Web trigger ${key} has an unknown urlFormat: take v2`,
        ),
      ),
  },
  {
    name: 'egress address',
    evidence: `documented: ${DOCS}manifest-reference/permissions/ (valid domain formats); variables ${MEASURED}`,
    check: ({ permissions: { external } }) =>
      [...external.fetch.backend, ...external.fetch.client].flatMap((address) => {
        if (address === null) return [];
        if (address.includes('$'))
          return [`The egress address ${address} has a variable in it, which is refused at deploy: write the host out`];
        return when(
          !/^(\*\.)?[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+$|^(https|wss):\/\/[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+(:\d+)?(\/[\w./~%-]*)?$/.test(
            address,
          ),
          `The egress address ${address} is in none of the documented forms: write *.example.com, www.example.com or an https address without a wildcard`,
        );
      }),
  },
];

/** What the server's half of Forge's lint would refuse about a parsed manifest.yml: one sentence with cause and mend each. */
export function serverFindings(manifest: unknown): string[] {
  const parsed = manifestSchema.safeParse(manifest);
  if (!parsed.success) return [`The manifest can't be read: ${z.prettifyError(parsed.error)}`];
  return SERVER_RULES.flatMap(({ check, evidence }) =>
    check(parsed.data).map((sentence) => `server ${sentence} (${evidence})`),
  );
}
