/** What smart values stand for: `{{issue.key}}` is `values.issue.key`. */
export type SmartValues = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * The text with its smart values put in; one that stands for nothing is empty, as in Automation. An
 * action's outputs are found under the entity name of its output context.
 */
export function withSmartValues(text: string, values: SmartValues): string {
  return text.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_hole, path: string) => {
    const [root = '', ...rest] = path.split('.');
    const value = rest.reduce<unknown>((at, name) => (typeof at === 'object' && at !== null ? Object.entries(at).find(([key]) => key === name)?.[1] : undefined), values[root]);
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  });
}
