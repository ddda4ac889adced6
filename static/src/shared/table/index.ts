export { addressIn, holdsAt, mailParts, spacedNumbers } from './address';
export { readText, type Decoded, type Encoding } from './decode';
export { columnOf, type Column } from './columns';
export { bareId, BETWEEN, readIds, type Entry, type IdList } from './ids';
export { hasHeading, readHeadless, readTable, type TableFault } from './table';
export { listLines } from './source';
export type { Rows } from './rows';
