export { MOST_CHARACTERS, MOST_VALUES, search, type SearchResult } from './search';
export type { KeysInComparisons } from './fields';
