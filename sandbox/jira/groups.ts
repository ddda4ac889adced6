import type { JiraRestAnswer } from '../forge/jiraRest';
import { GROUPS } from './access';
import { json } from './answers';
import { holds, type Asker } from './permissions';

/**
 * Groups whose name has a text in it, capital and small letters told apart unless `caseInsensitive` says otherwise;
 * nobody is refused, but without the permission the list is empty. Those that `excludeId` names are left out.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-groups/#api-rest-api-3-groups-picker-get
 */
export function answerGroupPicker(asker: Asker, query: URLSearchParams): JiraRestAnswer {
  const folded = (text: string) => (query.get('caseInsensitive') === 'true' ? text.toLowerCase() : text);
  const text = folded(query.get('query') ?? '');
  const without = query.getAll('excludeId');
  const found = holds(asker, 'USER_PICKER')
    ? GROUPS.filter(({ name, groupId }) => folded(name).includes(text) && !without.includes(groupId))
    : [];
  const shown = found.slice(0, Number(query.get('maxResults') ?? 20));
  const groups = shown.map(({ name, groupId }) => ({ name, html: name, labels: [], groupId }));
  return json(200, {
    header: `Showing ${shown.length} of ${found.length} matching groups`,
    total: found.length,
    groups,
  });
}
