import { html, type Html } from './html';
import { icon } from './icons';

/** What stands where somebody may not go. */
export function notice(title: string, text: string): Html {
  return html`<div class="notice">
    <span class="notice__icon">${icon('lock')}</span>
    <h1>${title}</h1>
    <p>${text}</p>
  </div>`;
}
