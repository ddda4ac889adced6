import '@atlaskit/css-reset';
import { view } from '@forge/bridge';
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import './base.css';
import { PAGE_ID } from './page';

/** Draws a page and follows Jira's theme. */
export function mount(page: ReactNode): void {
  // Without a theme the page is drawn in its fallback colours.
  void view.theme.enable().catch(() => undefined);
  const root = document.getElementById(PAGE_ID);
  if (root === null) throw new Error(`The page has no #${PAGE_ID}.`);
  createRoot(root).render(<StrictMode>{page}</StrictMode>);
}
