import { NavigationTarget, router } from '@forge/bridge';
import Button from '@atlaskit/button/new';
import type { Problem } from '@contract';
import { t } from '../i18n';
import { useIsAdmin } from './useIsAdmin';

/** The admin page's key in manifest.yml. */
const ADMIN_MODULE = 'segments-admin';

/** A way to the app's settings, for a Jira admin and where one can do something there about what stands in the way. */
export function SettingsLink({ problems }: { readonly problems: readonly Problem[] }) {
  const isAdmin = useIsAdmin(problems.some(isForAdmins));
  return isAdmin ? (
    <Button
      appearance="subtle"
      spacing="compact"
      onClick={() => void router.open({ target: NavigationTarget.Module, moduleKey: ADMIN_MODULE })}
    >
      {t('common.openSettings')}
    </Button>
  ) : null;
}

/** Whether an admin can do something about it in the app's own settings. */
function isForAdmins({ code }: Problem): boolean {
  return code === 'writeNotProven' || code === 'featureOff';
}
