import type { Attack } from '../attack';
import { attacks as marks } from './storage/marks';

export const attacks: readonly Attack[] = [...marks];
