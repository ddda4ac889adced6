import type { Attack } from '../attack';
import { attacks as erased } from './storage/erased';
import { attacks as marks } from './storage/marks';
import { attacks as names } from './storage/names';
import { attacks as purge } from './storage/purge';

export const attacks: readonly Attack[] = [...erased, ...marks, ...names, ...purge];
