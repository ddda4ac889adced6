export { number, type Values } from './format';
export { collator, dateFormat, numberFormat, relativeFormat } from './formatters';
export type { Key } from './keys';
export { locale, type Messages } from './language';
export { list, t } from './t';
