/**
 * A row as Forge's custom entities take it: null is not among their values, at whatever depth, and a blank
 * text is none for an attribute of type `string`. What has no value is left out; readers take an absent key as null.
 * @param row attributes and their values; what is JSON comes out as it was otherwise
 * @see https://developer.atlassian.com/platform/forge/storage-reference/entities-manifest/
 */
export function storable(row: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(withoutNulls(row)).filter(([, value]) => typeof value !== 'string' || value.trim() !== ''),
  );
}

/** A run writes a row for each member: this takes the place of a chain that made three lists of each. */
function withoutNulls(value: object): Record<string, unknown> {
  const kept: [string, unknown][] = [];
  for (const [key, part] of Object.entries(value) as [string, unknown][])
    if (part !== null && part !== undefined) kept.push([key, partOf(part)]);
  return Object.fromEntries(kept);
}

function partOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(partOf);
  return typeof value === 'object' && value !== null ? withoutNulls(value) : value;
}
