/** One thing that a guide tells its reader to do; `label` and `place` are as they stand in the guide. */
export type GuideAction =
  | { readonly verb: 'open'; readonly place: string }
  | { readonly verb: 'enter' | 'choose'; readonly value: string; readonly label: string }
  | { readonly verb: 'press' | 'see'; readonly label: string };

/** A numbered step of a guide with what is to be done in it. */
export type GuideStep = { readonly number: number; readonly text: string; readonly actions: readonly GuideAction[] };

const ACTION =
  /\bopen\b \*([^*]+)\*|\b(enter|choose) `([^`]+)` in \*\*([^*]+)\*\*|\b(press|see)\b[^*`]*\*\*([^*]+)\*\*/gi;

/**
 * Reads the numbered steps below a heading of a guide. `Open *a place*`, ``Enter `a value` in **Label**``,
 * ``Choose `a value` in **Label**``, `Press **Label**` and `See **text**` are what a step can tell to do.
 */
export function stepsOf(markdown: string, heading: string): GuideStep[] {
  const [, section = ''] = markdown.split(`\n## ${heading}\n`);
  const [steps = ''] = section.split('\n## ');
  return [...steps.matchAll(/^(\d+)\. (.+)$/gm)].map(([, number = '', text = '']) => ({
    number: Number(number),
    text,
    actions: [...text.matchAll(ACTION)].map(actionOf),
  }));
}

function actionOf([, place, fill, value = '', field = '', look, label = '']: RegExpExecArray): GuideAction {
  if (place !== undefined) return { verb: 'open', place };
  if (fill !== undefined) return { verb: fill.toLowerCase() === 'enter' ? 'enter' : 'choose', value, label: field };
  return { verb: look?.toLowerCase() === 'press' ? 'press' : 'see', label };
}

/** Everything that a guide says stands on the screen. */
export function labelsOf(markdown: string): string[] {
  return [...new Set([...markdown.matchAll(/\*\*([^*]+)\*\*/g)].map(([, label = '']) => label))];
}
