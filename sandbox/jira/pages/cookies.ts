import type { IncomingMessage } from 'node:http';
import { z } from 'zod';

/** The cookies in which the sandbox bar keeps its choices. The browser script writes them. */
export const COOKIES = {
  account: 'sandbox-account',
  theme: 'sandbox-theme',
  width: 'sandbox-panel-width',
  locale: 'sandbox-locale',
  firstSteps: 'sandbox-first-steps',
} as const;

/** The widths that the panel can be given, in CSS pixels; `full` is that of Jira's main column. */
export const PANEL_WIDTHS = ['full', '320', '480', '640', '900'] as const;
/** One of {@link PANEL_WIDTHS}. */
type PanelWidth = (typeof PANEL_WIDTHS)[number];

/** The themes of the sandbox bar; `auto` follows the browser. */
export const THEMES = ['auto', 'light', 'dark'] as const;
/** One of {@link THEMES}. */
type Theme = (typeof THEMES)[number];

/** Languages that a profile can be set to: those of the app, and one that it is not translated into. */
export const LOCALES = ['en-US', 'en-GB', 'de-DE', 'fr-FR', 'ja-JP', 'es-ES'] as const;
/** One of {@link LOCALES}. */
export type Locale = (typeof LOCALES)[number];

/** What the sandbox bar was set to. */
export type Choices = { readonly theme: Theme; readonly panelWidth: PanelWidth; readonly locale: Locale };

/** A cookie of a request, decoded; null where there is none. */
export function cookieOf(request: Pick<IncomingMessage, 'headers'>, name: string): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, ...value] = pair.trim().split('=');
    if (key !== name) continue;
    try {
      return decodeURIComponent(value.join('='));
    } catch {
      return null;
    }
  }
  return null;
}

/** The choices of a request; what is missing or not known falls back. */
export function choicesOf(request: Pick<IncomingMessage, 'headers'>): Choices {
  return {
    theme: z.enum(THEMES).catch('auto').parse(cookieOf(request, COOKIES.theme)),
    panelWidth: z.enum(PANEL_WIDTHS).catch('full').parse(cookieOf(request, COOKIES.width)),
    locale: z.enum(LOCALES).catch('en-US').parse(cookieOf(request, COOKIES.locale)),
  };
}
