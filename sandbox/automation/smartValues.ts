import type { ActionDeclaration } from '../forge/actions';
import type { Jira } from '../jira';
import { own } from '../forge/own';

/** What smart values stand for: `{{issue.key}}` is `values.issue.key`. */
export type SmartValues = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * The first word of a smart value by the action's verb. `fetched` for GET is what Atlassian's tutorial
 * shows; the others follow from it and are assumed.
 * @see https://developer.atlassian.com/platform/forge/build-a-jira-automation-action/
 */
const VERBS: Readonly<Record<string, string>> = {
  GET: 'fetched',
  CREATE: 'created',
  UPDATE: 'updated',
  DELETE: 'deleted',
  TRIGGER: 'triggered',
};

/**
 * The names under which a later part of a rule finds an action's outputs: verb, domain and entity in one
 * (`fetchedShorterloopReporter`), as documented, and the entity alone, which nobody has seen on a site.
 */
export function operatorsOf({
  actionVerb = '',
  outputContext,
}: Pick<ActionDeclaration, 'actionVerb' | 'outputContext'>): readonly string[] {
  if (outputContext === undefined) return [];
  const { entityName, outputDomain } = outputContext;
  const verb = own(VERBS, actionVerb);
  return verb === undefined || outputDomain === undefined
    ? [entityName]
    : [`${verb}${capitalised(outputDomain)}${capitalised(entityName)}`, entityName];
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** The text with its smart values put in; one that stands for nothing is empty, as in Automation. */
export function withSmartValues(text: string, values: SmartValues): string {
  return text.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_hole, path: string) => {
    const found = path
      .split('.')
      .reduce<unknown>(
        (at, name) =>
          typeof at === 'object' && at !== null ? Object.entries(at).find(([key]) => key === name)?.[1] : undefined,
        values,
      );
    if (Array.isArray(found)) return found.map(String).join(', ');
    return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? String(found) : '';
  });
}

/** The smart values of a work item as it is now; none for one that does not exist. */
export function issueValues(
  jira: Pick<Jira, 'issues' | 'people'>,
  issueKey: string,
): Readonly<Record<string, unknown>> {
  const issue = jira.issues.find(({ key }) => key === issueKey);
  if (issue === undefined) return {};
  const reporter = jira.people.find(({ accountId }) => accountId === issue.reporterAccountId);
  return {
    key: issue.key,
    summary: issue.summary,
    status: { name: issue.status.name },
    priority: { name: issue.priority },
    issueType: { name: issue.type.name },
    labels: issue.labels,
    reporter: { displayName: reporter?.displayName ?? '', accountId: reporter?.accountId ?? '' },
  };
}
