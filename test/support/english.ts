import english from '../../static/locales/en-US.json';
import { setLanguage } from '../../static/src/i18n/language';

/** Texts come out as on a page in English. */
export function speakEnglish(locale: 'en-US' | 'en-GB' = 'en-US'): void {
  setLanguage({ locale, messages: english, english });
}
