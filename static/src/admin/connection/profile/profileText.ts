import type { ReadForm } from '@contract';
import { list, t } from '../../../i18n';
import { pagingWords, placeWords } from '../check/checkText';
import { placeText } from './parts';

/** Where a read's answer has what, in sentences. */
export function readWords({ shape, paging, total }: ReadForm): readonly string[] {
  const { member } = shape;
  const facts =
    member === null
      ? []
      : [member.email, member.name, member.firstName, member.lastName].filter((path) => path !== null);
  return [
    t('admin.connection.profile.reads.records', { at: placeWords(placeText(shape.records)) }),
    ...(member === null || shape.members === null
      ? []
      : [
          t('admin.connection.profile.reads.members', {
            at: placeWords(placeText(shape.members)),
            id: member.id.length === 0 ? t('admin.connection.profile.reads.bareId') : placeText(member.id),
          }),
        ]),
    ...(member?.gone === undefined
      ? []
      : [
          member.gone.length === 0
            ? t('admin.connection.profile.reads.noneGone')
            : t('admin.connection.profile.reads.gone', { at: placeText(member.gone) }),
        ]),
    ...(facts.length === 0 ? [] : [t('admin.connection.profile.reads.facts', { facts: list(facts.map(placeText)) })]),
    ...(paging.kind === 'none' ? [] : [t('admin.connection.profile.reads.paging', { how: pagingWords(paging) })]),
    ...(total === null ? [] : [t('admin.connection.profile.reads.total', { at: placeText(total) })]),
  ];
}
