import { html, type Html } from './html';

/** Something to try, and where. */
export type FirstStep = { readonly path: string; readonly text: string };

/** The card that says what to try first; nothing when there is nothing to say, or it was dismissed. */
export function firstStepsCard(steps: readonly FirstStep[], isDismissed: boolean): Html | null {
  if (steps.length === 0 || isDismissed) return null;
  return html`<aside class="first-steps" aria-labelledby="first-steps-title" data-first-steps>
    <h2 class="first-steps__title" id="first-steps-title">What to try first</h2>
    <ol>
      ${steps.map(({ path, text }) => html`<li><a href="${path}">${text}</a></li>`)}
    </ol>
    <button type="button" class="first-steps__close" data-first-steps-close>Got it</button>
  </aside>`;
}
