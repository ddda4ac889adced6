import Button from '@atlaskit/button/new';
import { NavigationTarget, router } from '@forge/bridge';
import type { SyncSummary } from '@contract';
import { t } from '../i18n';
import { knownText } from './knownText';

/** The admin page's key in manifest.yml, and where its People tab is. */
const ADMIN_MODULE = 'segments-admin';
const PEOPLE_PATH = '/people';

/** How many reporters are known, why the others are not, and the way to decide about them, or whom to ask. */
export function KnownPeople({ summary }: { readonly summary: SyncSummary | null }) {
  if (summary === null) return null;
  const { review, marked, certain, mayReview } = summary;
  const isOpen = review + marked + certain > 0;
  const sentences = [...knownText(summary), ...(isOpen && !mayReview ? [t('people.known.ask')] : [])];
  return (
    <div className="known-people">
      <p className="subtle small">{sentences.join(' ')}</p>
      {isOpen && mayReview && (
        <Button
          spacing="compact"
          onClick={() =>
            void router.open({ target: NavigationTarget.Module, moduleKey: ADMIN_MODULE, path: PEOPLE_PATH })
          }
        >
          {t('people.known.decide')}
        </Button>
      )}
    </div>
  );
}
