import { html, type Html } from './html';

const ICONS = {
  apps: html`<path d="M3 3h4v4H3zm6.5 0h4v4h-4zM3 9.5h4v4H3zm6.5 0h4v4h-4z" />`,
  search: html`<path
    d="M7 2.5a4.5 4.5 0 1 0 2.7 8.1l2.85 2.85 1.06-1.06-2.85-2.85A4.5 4.5 0 0 0 7 2.5M4 7a3 3 0 1 1 6 0 3 3 0 0 1-6 0"
    />`,
  chevron: html`<path d="m4 6 4 4 4-4" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"
    stroke-linejoin="round" />`,
  more: html`<circle cx="3.5" cy="8" r="1.3" /><circle cx="8" cy="8" r="1.3" /><circle cx="12.5" cy="8" r="1.3" />`,
  plus: html`<path d="M8 3v10M3 8h10" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" />`,
  bell: html`<path d="M8 2a4 4 0 0 0-4 4v2.5L2.8 11h10.4L12 8.5V6a4 4 0 0 0-4-4m-1.5 10a1.5 1.5 0 0 0 3 0z" />`,
  gear: html`<path
    d="M8 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M7 1.5h2l.4 1.8 1.2.5 1.6-1 1.4 1.4-1 1.6.5 1.2
      1.8.4v2l-1.8.4-.5 1.2 1 1.6-1.4 1.4-1.6-1-1.2.5-.4 1.8H7l-.4-1.8-1.2-.5-1.6 1-1.4-1.4
      1-1.6-.5-1.2-1.8-.4v-2l1.8-.4.5-1.2-1-1.6 1.4-1.4 1.6 1 1.2-.5z"
    transform="translate(.3 .3) scale(.96)" />`,
  lock: html`<path d="M8 1.5A3.5 3.5 0 0 0 4.5 5v1.5H3.5v8h9v-8h-1V5A3.5 3.5 0 0 0 8 1.5M6 5a2 2 0 1 1 4 0v1.5H6z" />`,
  segments: html`<circle cx="6" cy="6" r="3.2" fill="none" stroke="currentColor" stroke-width="1.5" /><circle
    cx="10.5" cy="9.5" r="3.2" fill="none" stroke="currentColor" stroke-width="1.5" />`,
  Story: html`<rect width="16" height="16" rx="3" fill="#4bce97" /><path d="M5 3.5h6v9l-3-2.5-3 2.5z" fill="#fff" />`,
  Bug: html`<rect width="16" height="16" rx="3" fill="#e2483d" /><circle cx="8" cy="8" r="3.6" fill="#fff" />`,
  Task: html`<rect width="16" height="16" rx="3" fill="#1868db" /><path d="m4.5 8.2 2.3 2.3 4.7-5" fill="none"
    stroke="#fff" stroke-width="1.8" stroke-linecap="round" />`,
  Idea: html`<rect width="16" height="16" rx="3" fill="#964ac0" /><path
    d="M8 3a3.5 3.5 0 0 0-2 6.4V11h4V9.4A3.5 3.5 0 0 0 8 3M6.5 12h3v1.2h-3z" fill="#fff" />`,
} as const;

/** The name of an icon. */
export type IconName = keyof typeof ICONS;

/** An icon of 16 pixels, which says nothing to a screen reader. */
export function icon(name: IconName): Html {
  return html`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" fill="currentColor" aria-hidden="true"
    focusable="false">${ICONS[name]}</svg>`;
}

/** The icon of an issue's type; a task's for a type without one. */
export function typeIcon(typeName: string): Html {
  return icon(typeName === 'Story' || typeName === 'Bug' || typeName === 'Idea' ? typeName : 'Task');
}
