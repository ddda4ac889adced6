import { assumedAlone, documented, type Rules } from './rule';

const CONTEXT = 'manifest-reference/modules/jira-issue-context';

/** What Forge takes as an issue context, and what Jira does with it. */
export const ISSUE_CONTEXT = {
  required: documented(CONTEXT, 'An issue context needs a key, a title and a label; and a resource for Custom UI.', [
    'key',
    'title',
    'label',
    'resource',
  ] as const),
  fields: documented(CONTEXT, 'Beside these it may have the following, and nothing else.', [
    'render',
    'resolver',
    'icon',
    'status',
    'displayConditions',
    'dynamicProperties',
  ] as const),
  key: documented(CONTEXT, 'Its key has letters, digits, _ and - alone.', '/^[a-zA-Z0-9_-]+$/'),
  texts: documented(CONTEXT, 'Title and label are texts, or objects with i18n, the key of a translation.', null),
  icon: documented(
    CONTEXT,
    'Its icon is an absolute URL: none of the app’s own resources is one.',
    null,
    'The absolute URL of the icon that is displayed to the left of the label',
  ),
  statusTypes: documented(CONTEXT, 'Its status is a badge, a lozenge or an icon, with a value that has a label.', [
    'badge',
    'lozenge',
    'icon',
  ] as const),
  badge: documented(
    CONTEXT,
    'The label of a badge is a number, as a text. The sandbox refuses another one.',
    null,
    'this property is a number specified as a string',
  ),
  lozenges: documented(CONTEXT, 'A lozenge looks in one of six ways.', [
    'default',
    'inprogress',
    'moved',
    'new',
    'removed',
    'success',
  ] as const),
  dynamicProperties: documented(
    CONTEXT,
    'The function of dynamicProperties is asked when the context is first opened, and whenever it is closed; it gets ' +
      'cloudId and extension with type, issue and project, and answers an object with status.',
    null,
    'The handler function should return (or resolve with) a plain JavaScript object with `status` as key.',
  ),
  dynamicPropertiesClosed: assumedAlone(
    'A context that begins closed is asked for its status as well.',
    null,
    'The page speaks of the first time that it is opened; where Jira waits for that, the line is without a status ' +
      'until then, and nothing else differs.',
  ),
} as const satisfies Rules;
