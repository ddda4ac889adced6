import type { JiraIssue, JiraPerson } from '../types';
import type { Choices } from './cookies';
import { LOCALES, PANEL_WIDTHS, THEMES } from './cookies';
import { html, type Html } from './html';
import { groupedIssues, STATE_LABELS } from './states';

/** What the bar offers and what is chosen. */
export type BarParts = {
  readonly issues: readonly JiraIssue[];
  /** The issue on the page; null on the admin page. */
  readonly issueKey: string | null;
  readonly users: readonly JiraPerson[];
  readonly accountId: string;
  readonly choices: Choices;
  /** Where the admin page is opened as an admin. */
  readonly adminDoor: string;
};

const ROLE_LABELS = {
  agent: 'agent',
  viewer: 'viewer',
  admin: 'admin',
  noAccess: 'no access',
  reporter: 'reporter',
} as const;
const LOCALE_LABELS = {
  'en-US': 'English (US)',
  'en-GB': 'English (UK)',
  'de-DE': 'Deutsch',
  'fr-FR': 'Français',
  'ja-JP': '日本語',
  'es-ES': 'Español',
} as const;
const THEME_LABELS = { auto: 'Auto', light: 'Light', dark: 'Dark' } as const;

/** The bar above the page: the only part that is not Jira's. */
export function sandboxBar({ issues, issueKey, users, accountId, choices, adminDoor }: BarParts): Html {
  return html`<aside class="sandbox-bar" aria-label="Sandbox">
    <strong class="sandbox-bar__name">Sandbox</strong>
    <label class="sandbox-bar__field sandbox-bar__field--wide"
      ><span>Work item</span
      ><select data-sandbox="issue">
        ${issueKey === null ? html`<option value="" selected>Choose a work item</option>` : null}
        ${groupedIssues(issues).map(
          (group) =>
            html`<optgroup label="${group.label}">
              ${shortened(group.issues, issueKey).map((issue) =>
                option(issue.key, `${issue.key}: ${STATE_LABELS[issue.state]}`, issue.key === issueKey),
              )}
              ${
                group.issues.length > MOST_OFFERED
                  ? html`<option disabled>and ${group.issues.length - MOST_OFFERED} more: see JQL</option>`
                  : null
              }
            </optgroup>`,
        )}
      </select></label
    >
    <label class="sandbox-bar__field"
      ><span>Person</span
      ><select data-sandbox="account">
        ${users.map((user) =>
          option(user.accountId, `${user.displayName} (${ROLE_LABELS[user.role]})`, user.accountId === accountId),
        )}
      </select></label
    >
    <label class="sandbox-bar__field"
      ><span>Theme</span
      ><select data-sandbox="theme">
        ${THEMES.map((theme) => option(theme, THEME_LABELS[theme], theme === choices.theme))}
      </select></label
    >
    <label class="sandbox-bar__field"
      ><span>Language</span
      ><select data-sandbox="locale">
        ${LOCALES.map((locale) => option(locale, LOCALE_LABELS[locale], locale === choices.locale))}
      </select></label
    >
    <label class="sandbox-bar__field"
      ><span>Panel width</span
      ><select data-sandbox="width">
        ${PANEL_WIDTHS.map((width) =>
          option(width, width === 'full' ? 'Full' : `${width} px`, width === choices.panelWidth),
        )}
      </select></label
    >
    <span class="sandbox-bar__links"
      ><a href="/automation">Automation</a> <a href="/issues">JQL</a> <a href="${adminDoor}">Admin page</a></span
    >
  </aside>`;
}

/** How many issues of a kind the switcher offers: a page with thousands would be slow. */
const MOST_OFFERED = 50;

/** The first issues, and the one on the page wherever it stands. */
function shortened(issues: readonly JiraIssue[], issueKey: string | null): readonly JiraIssue[] {
  return issues.filter(({ key }, place) => place < MOST_OFFERED || key === issueKey);
}

function option(value: string, label: string, isSelected: boolean): Html {
  return html`<option value="${value}" ${isSelected ? html`selected` : null}>${label}</option>`;
}
