import type { Invitee } from '@contract';
import { t } from '../../i18n';
import { short, tableFaultText } from '../../shared/tableText';
import type { PeopleFault } from './people';

/** What is wrong with a list of people, and where. */
export function peopleFaultText(fault: PeopleFault): string {
  switch (fault.code) {
    case 'notJson':
      return t('admin.segments.notJson');
    case 'notText':
      return t('common.file.fault.notText');
    case 'notEmail':
    case 'objectNotEmail':
    case 'notName':
    case 'objectNotName':
      return t(`admin.segments.${fault.code}`, { line: fault.line, text: short(fault.text) });
    default:
      return tableFaultText(fault);
  }
}

/** A person as they will be sent. */
export function inviteeText({ email, firstName, lastName }: Invitee): string {
  const name = [firstName, lastName].filter((part) => part !== null).join(' ');
  return name === '' ? email : t('admin.segments.invitee', { name, email });
}
