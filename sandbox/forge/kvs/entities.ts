import type { EntityDeclaration } from '../manifest';
import { badRequest } from './limits';

type Attribute = EntityDeclaration['attributes'][string]['type'];
/** An index: rows with equal `partition` attributes, ordered by the `range` attribute. */
export type EntityIndex = EntityDeclaration['indexes'][number];

/** The entity of that name; a name that the manifest does not declare is refused. */
export function declaredEntity(entities: readonly EntityDeclaration[], name: string): EntityDeclaration {
  const found = entities.find((entity) => entity.name === name);
  if (found === undefined) throw badRequest('INVALID_ENTITY_NAME', `Entity ${name} is not declared in manifest.yml`);
  return found;
}

/** The index of that name; `by-key` exists on every entity. */
export function declaredIndex(entity: EntityDeclaration, name: string): EntityIndex {
  if (name === 'by-key') return { name, partition: [], range: [] };
  const found = entity.indexes.find((index) => index.name === name);
  if (found === undefined) throw badRequest('INVALID_INDEX', `Index ${name} is not declared on entity ${entity.name}`);
  return found;
}

/** Throws a refusal for a value that is no object, or has an attribute that is undeclared or of another type. */
export function checkAttributes(entity: EntityDeclaration, value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest('INVALID_ENTITY_VALUE', `A value of entity ${entity.name} is an object`);
  }
  for (const [name, attribute] of Object.entries(value)) {
    const declared = entity.attributes[name];
    if (declared === undefined) throw badRequest('UNDECLARED_ATTRIBUTE', `Entity ${entity.name} declares no attribute ${name}`);
    if (!isOfType(attribute, declared.type)) {
      throw badRequest('INVALID_ATTRIBUTE_TYPE', `Attribute ${name} of entity ${entity.name} is declared ${declared.type}, not ${nameOf(attribute)}`);
    }
  }
}

function isOfType(value: unknown, type: Attribute): boolean {
  switch (type) {
    case 'any':
      return true;
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isSafeInteger(value);
    case 'float':
      return typeof value === 'number';
  }
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
