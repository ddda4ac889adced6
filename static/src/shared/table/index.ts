export { readText, type Decoded, type Encoding } from './decode';
export { columnOf } from './columns';
export { readIds, type Entry, type IdList } from './ids';
export { hasHeading, readHeadless, readTable, type TableFault } from './table';
