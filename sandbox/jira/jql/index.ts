export { KEPT_FOR_MS, MOST_CHARACTERS, MOST_VALUES, search, type SearchParts, type SearchResult } from './search';
