import type { EntityDeclaration } from '../manifest';
import { refuseAttribute } from '../rules/attributes';
import { STORAGE } from '../rules/storage';
import { attributeOf } from './conditions';
import { badRequest, bytesOf, KvsRefusal, LIMITS } from './limits';
import { own } from '../own';

/** An index: rows with equal `partition` attributes, ordered by the `range` attribute. */
export type EntityIndex = EntityDeclaration['indexes'][number];

/** The entity of that name. One that the manifest does not declare is refused in the measured words. */
export function declaredEntity(entities: readonly EntityDeclaration[], name: string): EntityDeclaration {
  const found = entities.find((entity) => entity.name === name);
  if (found === undefined) throw new KvsRefusal(404, 'SCHEMA_NOT_FOUND', STORAGE.undeclaredEntity.value);
  return found;
}

/** The index of that name; `by-key` exists on every entity. */
export function declaredIndex(entity: EntityDeclaration, name: string): EntityIndex {
  if (name === 'by-key') return { name, partition: [], range: [] };
  const found = entity.indexes.find((index) => index.name === name);
  if (found === undefined) throw badRequest('INVALID_INDEX', `Index ${name} is not declared on entity ${entity.name}`);
  return found;
}

/**
 * Throws a refusal for a value that is no object, has an attribute that is undeclared or of another type,
 * or has more bytes in the attributes of one index than it takes.
 */
export function checkAttributes(entity: EntityDeclaration, value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest('INVALID_ENTITY_VALUE', `A value of entity ${entity.name} is an object`);
  }
  for (const [name, attribute] of Object.entries(value)) {
    const declared = own(entity.attributes, name);
    if (declared === undefined)
      throw badRequest('UNDECLARED_ATTRIBUTE', `Entity ${entity.name} declares no attribute ${name}`);
    if (refuseAttribute(declared.type, attribute) !== null)
      throw badRequest('INCORRECT_PROPERTY_TYPE', `Data type for property "${name}" is defined as "${declared.type}"`);
  }
  for (const index of entity.indexes) checkIndexed(entity, index, value);
}

function checkIndexed(entity: EntityDeclaration, index: EntityIndex, value: object): void {
  const parts = [
    { what: 'range', names: index.range, maximum: LIMITS.rangeBytes },
    { what: 'partition', names: index.partition, maximum: LIMITS.partitionBytes },
  ];
  for (const { what, names, maximum } of parts) {
    const bytes = names.reduce((sum, name) => sum + sizeOf(attributeOf(value, name)), 0);
    if (bytes > maximum)
      throw badRequest(
        'INVALID_ENTITY_VALUE',
        `The ${what} values of index ${index.name} of entity ${entity.name} have ${bytes} bytes, at most ` +
          `${maximum} are taken`,
      );
  }
}

/** The size of an indexed value: the bytes of a text in UTF-8, and of anything else as JSON. */
function sizeOf(value: unknown): number {
  if (value === undefined) return 0;
  return typeof value === 'string' ? Buffer.byteLength(value) : bytesOf(value);
}
