import type { ManageRoute, ReadCall, WriteKind } from '../../src/contract';

/** The routes by name: the two writes of manage-users, adding, the three reads, and the calls that manage. */
export type RouteName = WriteKind | ReadCall | ManageRoute;
