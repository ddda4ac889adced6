import type { IssueState, JiraIssue } from '../types';

/** What the issue switcher says of each state. */
export const STATE_LABELS: Readonly<Record<IssueState, string>> = {
  one: 'in one segment',
  many: 'in many segments',
  none: 'linked, in no segment',
  linked: 'linked by hand',
  found: 'unlinked by hand',
  ambiguous: 'ambiguous: two members',
  notFound: 'no such member',
  emailHidden: 'email hidden',
  emailVisible: 'email only on the work item',
  noReporter: 'no reporter',
  app: 'reporter is an app',
  formerUser: 'former user',
  longName: 'very long name',
  nonLatin: 'non-Latin name',
  rightToLeft: 'right-to-left name',
  markup: 'name like markup',
  customer: 'portal customer',
  customerHidden: 'portal customer, e-mail hidden',
  inactive: 'deactivated account',
  secondAccount: 'second account of one person',
  created: 'created just now',
};

const GROUPS: readonly { readonly label: string; readonly states: readonly IssueState[] }[] = [
  { label: 'Created just now', states: ['created'] },
  { label: 'Matched', states: ['one', 'many', 'none', 'linked', 'emailVisible'] },
  { label: 'Someone has to decide', states: ['found', 'ambiguous', 'notFound', 'emailHidden'] },
  { label: 'E-mail is no proof', states: ['customer', 'customerHidden', 'inactive', 'secondAccount'] },
  { label: 'Nobody to match', states: ['noReporter', 'app', 'formerUser'] },
  { label: 'Hard names', states: ['longName', 'nonLatin', 'rightToLeft', 'markup'] },
];

/** The issues by kind of state, for the switcher. Every issue is in one group. */
export function groupedIssues(issues: readonly JiraIssue[]): { label: string; issues: JiraIssue[] }[] {
  return GROUPS.map(({ label, states }) => ({
    label,
    issues: issues.filter(({ state }) => states.includes(state)),
  })).filter(({ label, issues: inIt }) => inIt.length > 0 || label !== 'Created just now');
}
