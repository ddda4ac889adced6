import type { IdForm } from '../../contract';

/**
 * The id itself when it is a positive safe integer. Throws TypeError otherwise: ids are checked long before they get
 * here.
 */
export function requireId(name: string, id: unknown): number {
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id <= 0)
    throw new TypeError(`${name} must be a positive safe integer`);
  return id;
}

/** The ids of a write, each once, in their order. Throws TypeError for an empty list or a bad id. */
export function requireUsers(users: unknown): number[] {
  if (!Array.isArray(users) || users.length === 0) throw new TypeError('users must be a list that is not empty');
  return [...new Set(users.map((id: unknown) => requireId('users', id)))];
}

/** Ids in the form in which Shorter Loop takes them. */
export function sentIds(users: readonly number[], ids: IdForm): readonly (number | string)[] {
  return ids === 'text' ? users.map(String) : users;
}
