import '@atlaskit/css-reset';
import { view } from '@forge/bridge';
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Messages } from '../i18n';
import { speak } from '../i18n/speak';
import { ASKED_SOMETHING, AskedForContext, type AskedFor } from './askedFor';
import './base.css';
import { PAGE_ID } from './page';

/**
 * Draws a page in the viewer's language, and follows Jira's theme.
 * @param english the sections of the English catalogue that the page uses
 * @param asked what the page asks for wherever it says nothing closer
 */
export function mount(page: ReactNode, english: Messages, asked: AskedFor = ASKED_SOMETHING): void {
  // Without a theme the page is drawn in its fallback colours.
  void view.theme.enable().catch(() => undefined);
  const root = document.getElementById(PAGE_ID);
  if (root === null) throw new Error(`The page has no #${PAGE_ID}.`);
  void speak(english).then(() =>
    createRoot(root).render(
      <StrictMode>
        <AskedForContext.Provider value={asked}>{page}</AskedForContext.Provider>
      </StrictMode>,
    ),
  );
}
