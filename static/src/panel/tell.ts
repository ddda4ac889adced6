import { memberName } from '../shared/people';
import { t } from '../i18n';
import type { Done, PanelAction } from './action';
import { flagInvite, flagWrite } from './flags';
import { inverseOf } from './inverse';
import { resultText } from './resultText';

/**
 * Tells what was confirmed in the product's flag, which may outlive what is on screen.
 * @param run carries out what takes it back
 * @returns false where there is more to say than a flag has room for: the page tells it
 */
export function tell(action: PanelAction, done: Done, run: (inverse: PanelAction) => void): boolean {
  const { entry, view, invited } = done;
  if (action.kind === 'invite') {
    if (invited?.outcome !== 'confirmed') return false;
    const names = { who: action.who, to: invited.to.name };
    flagInvite(invited.to.name, t('panel.invite.outcome.confirmed', names));
    return true;
  }
  if (entry === null) return false;
  const { match } = view;
  const who = memberName(match.state === 'linked' ? match.member : { id: entry.members[0]?.memberId ?? 0, name: null });
  const { tone, lines } = resultText(entry, who);
  if (tone !== 'success') return false;
  const inverse = inverseOf(entry, view);
  flagWrite({ entry, description: lines.join(' '), undo: inverse === null ? null : () => run(inverse) });
  return true;
}
