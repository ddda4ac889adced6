import { i18n, view } from '@forge/bridge';
import { locale, setLanguage, type Language, type Messages } from './language';

/** How long a page waits for its language before it is drawn in English. */
const LONGEST_WAIT_MS = 3_000;

/**
 * Sets the page's language to the viewer's. English comes with the page; another language is loaded.
 * Never rejects: where Jira does not tell the language, or its texts do not arrive, the page is in English.
 * @param english the sections of the English catalogue that the page uses
 */
export async function speak(english: Messages): Promise<void> {
  const fallback: Language = { locale: 'en-US', messages: english, english };
  const tooLate = new Promise<Language>((resolve) => setTimeout(resolve, LONGEST_WAIT_MS, fallback));
  const spoken = await Promise.race([languageOfViewer(english).catch(() => fallback), tooLate]);
  setLanguage(spoken);
  document.documentElement.lang = locale();
}

async function languageOfViewer(english: Messages): Promise<Language> {
  const { locale: told } = await view.getContext();
  // British and American English differ in dates, not in texts.
  if (told.startsWith('en')) return { locale: told === 'en-GB' ? 'en-GB' : 'en-US', messages: english, english };
  const loaded = await i18n.getTranslations(told);
  return { locale: loaded.locale, messages: loaded.translations ?? english, english };
}
