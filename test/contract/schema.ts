import fc from '../support/chance';
import { z } from 'zod';

/** The part of JSON Schema that the contract uses. */
export type Schema =
  | { readonly $ref: string }
  | { readonly const: boolean }
  | { readonly type: 'string' | 'boolean' }
  | { readonly type: readonly ('string' | 'null')[] }
  | { readonly type: 'integer'; readonly minimum: number; readonly maximum?: number | undefined }
  | {
      readonly type: 'array';
      readonly items: Schema;
      readonly minItems?: number | undefined;
      readonly uniqueItems?: boolean | undefined;
    }
  | {
      readonly type: 'object';
      readonly properties: Readonly<Record<string, Schema>>;
      readonly required?: readonly string[] | undefined;
    };

const description = z.string().optional();

/** Reads a schema. Refuses every keyword that {@link arbitraryOf} does not know: none may be overlooked. */
export const schemaSchema: z.ZodType<Schema> = z.lazy(() =>
  z.union([
    z.strictObject({ $ref: z.string().startsWith('#/components/schemas/') }),
    z.strictObject({ const: z.boolean() }),
    z.strictObject({ type: z.enum(['string', 'boolean']), description }),
    z.strictObject({ type: z.array(z.enum(['string', 'null'])), description }),
    z.strictObject({ type: z.literal('integer'), minimum: z.int(), maximum: z.int().optional(), description }),
    z.strictObject({
      type: z.literal('array'),
      items: schemaSchema,
      minItems: z.int().optional(),
      uniqueItems: z.boolean().optional(),
      description,
    }),
    z.strictObject({
      type: z.literal('object'),
      properties: z.record(z.string(), schemaSchema),
      required: z.array(z.string()).optional(),
      additionalProperties: z.literal(false).optional(),
      description,
    }),
  ]),
);

/** Values that fit a schema of the contract, with and without what is optional. `schemas` are the document's, by name. */
export function arbitraryOf(schema: Schema, schemas: Readonly<Record<string, Schema>>): fc.Arbitrary<unknown> {
  if ('$ref' in schema) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    const found = schemas[name];
    if (found === undefined) throw new Error(`The contract has no schema ${name}`);
    return arbitraryOf(found, schemas);
  }
  if ('const' in schema) return fc.constant(schema.const);
  switch (schema.type) {
    case 'string':
      return fc.string();
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: schema.minimum, max: schema.maximum ?? Number.MAX_SAFE_INTEGER });
    case 'array': {
      const lengths = { minLength: schema.minItems ?? 0, maxLength: 3 };
      const item = arbitraryOf(schema.items, schemas);
      return schema.uniqueItems === true ? fc.uniqueArray(item, lengths) : fc.array(item, lengths);
    }
    case 'object': {
      const fields = Object.fromEntries(
        Object.entries(schema.properties).map(([name, value]) => [name, arbitraryOf(value, schemas)]),
      );
      return fc.record(fields, { requiredKeys: [...(schema.required ?? [])] });
    }
    default:
      return fc.oneof(...schema.type.map((type) => (type === 'null' ? fc.constant(null) : fc.string())));
  }
}
