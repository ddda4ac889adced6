import type { Problem } from '@contract';
import { t } from '../i18n';
import type { AskedFor } from './askedFor';

/** What a problem is called, why it happened, and what to do about it. */
export type ProblemText = { readonly title: string; readonly cause: string; readonly next: string };

type NotPermitted = Extract<Problem, { code: 'notPermitted' }>;

/** What someone may not do, which permission or group they lack and where, and whom to ask for it. */
export function refusalText(problem: NotPermitted, asked: AskedFor): ProblemText {
  const act = problem.seeing?.kind ?? asked.act ?? (problem.needed === 'ADMINISTER' ? 'administer' : 'any');
  return {
    title: t(`problems.notPermitted.titles.${act}`),
    cause: causeOf(problem, asked),
    next: nextOf(problem, asked),
  };
}

function causeOf({ needed, seeing }: NotPermitted, { place }: AskedFor): string {
  if (needed === 'GROUP') return t('problems.notPermitted.causes.group');
  const permission = t(`common.permissions.${needed}`);
  // It is the one permission that is held on the whole site.
  if (needed === 'ADMINISTER') return t('problems.notPermitted.causes.any', { permission });
  return seeing === undefined
    ? t(`problems.notPermitted.causes.${place ?? 'any'}`, { permission })
    : t('problems.notPermitted.causes.named', { permission, project: seeing.projectKey });
}

function nextOf({ needed }: NotPermitted, { act }: AskedFor): string {
  if (needed === 'GROUP') return t('problems.notPermitted.next.group');
  if (needed === 'ADMINISTER')
    return t(`problems.notPermitted.next.${act === 'administer' ? 'settings' : 'administer'}`);
  return t('problems.notPermitted.next.permission', { permission: t(`common.permissions.${needed}`) });
}
