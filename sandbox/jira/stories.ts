import type { IssueState } from './types';

/** What an issue says; who reported it stands elsewhere. */
export type Story = {
  readonly state: IssueState;
  readonly type: 'Story' | 'Bug' | 'Task' | 'Idea';
  readonly status: 'To do' | 'In progress' | 'In review' | 'Done';
  readonly priority: 'High' | 'Medium' | 'Low';
  readonly summary: string;
  readonly description: readonly string[];
  readonly labels: readonly string[];
  readonly components: readonly string[];
  readonly comments: readonly string[];
};

/** The issues of the project, in the order of their keys. The first one is where the sandbox opens. */
export const STORIES: readonly Story[] = [
  {
    state: 'one',
    type: 'Story',
    status: 'In progress',
    priority: 'High',
    summary: 'Export the activity report as CSV',
    description: [
      'Every Monday we copy the activity report into a spreadsheet by hand for our steering committee. ' +
        'That is about 40 minutes a week.',
      'A CSV export with the same columns and filters as on the screen would be enough. Dates in ISO ' +
        'format, please, because half of the team is in Canada.',
    ],
    labels: ['reporting', 'customer-request'],
    components: ['Reporting'],
    comments: [
      'Three more accounts asked for this in the last quarter. I have put them on the list for the beta.',
      'Prototype is on staging: export keeps the filters, but not yet the sort order.',
    ],
  },
  {
    state: 'many',
    type: 'Bug',
    status: 'In review',
    priority: 'High',
    summary: 'Search results jump back to page 1 after opening an item',
    description: [
      'Open the third page of any search, open an item, press Back. You are on page 1 again.',
      'Seen in Chrome and Firefox since the release on Tuesday.',
    ],
    labels: ['search', 'regression'],
    components: ['Search'],
    comments: ['Confirmed. The page is no longer part of the address since we moved the filters there.'],
  },
  {
    state: 'none',
    type: 'Story',
    status: 'To do',
    priority: 'Medium',
    summary: 'Let approvers delegate while they are on leave',
    description: ['Two people in our finance team approve everything. When both are away, requests wait for a week.'],
    labels: ['approvals'],
    components: ['Approvals'],
    comments: [],
  },
  {
    state: 'linked',
    type: 'Idea',
    status: 'To do',
    priority: 'Medium',
    summary: 'Weekly digest in place of single notification mails',
    description: [
      'I get 30 to 50 mails a day and have started to filter them all away. One digest on Friday morning ' +
        'would get read.',
    ],
    labels: ['notifications', 'customer-request'],
    components: ['Notifications'],
    comments: ['They write from a private address here, but are a customer of ours.'],
  },
  {
    state: 'found',
    type: 'Task',
    status: 'In progress',
    priority: 'Low',
    summary: 'Rename "Archive" to "Close" in the project menu',
    description: ['New colleagues think that archived projects are gone. They are only closed.'],
    labels: ['wording'],
    components: [],
    comments: [],
  },
  {
    state: 'ambiguous',
    type: 'Bug',
    status: 'To do',
    priority: 'High',
    summary: 'Invitations are sent twice to shared mailboxes',
    description: [
      'Our plant managers share one mailbox per site. Each of them was invited, and every mail came once ' +
        'for each person.',
    ],
    labels: ['invitations'],
    components: ['Notifications'],
    comments: ['Two people stand behind this address. Ask which of them is meant before changing anything.'],
  },
  {
    state: 'notFound',
    type: 'Story',
    status: 'To do',
    priority: 'Medium',
    summary: 'Single sign-on for guest accounts',
    description: ['Our auditors need access for two weeks a year and must not have passwords of their own.'],
    labels: ['security', 'sso'],
    components: ['Portal'],
    comments: [],
  },
  {
    state: 'emailHidden',
    type: 'Bug',
    status: 'In progress',
    priority: 'Medium',
    summary: 'Timeline is empty for projects older than two years',
    description: [
      'Projects that began before January 2024 show "Nothing here yet" in the timeline. The items are ' +
        'there in the list.',
    ],
    labels: ['timeline'],
    components: ['Reporting'],
    comments: ['Reproduced with the 2022 sample project.'],
  },
  {
    state: 'emailVisible',
    type: 'Task',
    status: 'Done',
    priority: 'Low',
    summary: 'Document the rate limits of the public API',
    description: [
      'We found out about the limits by running into them. A table in the documentation would have saved us a day.',
    ],
    labels: ['api', 'documentation'],
    components: ['API'],
    comments: ['Published with the last documentation update.'],
  },
  {
    state: 'noReporter',
    type: 'Task',
    status: 'To do',
    priority: 'Low',
    summary: 'Imported: clean up unused webhooks',
    description: ['Imported from the old tracker. The reporter was not part of the export.'],
    labels: ['imported'],
    components: ['API'],
    comments: [],
  },
  {
    state: 'app',
    type: 'Bug',
    status: 'To do',
    priority: 'High',
    summary: 'Error rate above 2 % on eu-west checkout',
    description: [
      'Opened by monitoring: 2.4 % of checkout requests answered with an error between 04:10 and 04:25 UTC.',
    ],
    labels: ['monitoring'],
    components: [],
    comments: [],
  },
  {
    state: 'formerUser',
    type: 'Story',
    status: 'Done',
    priority: 'Medium',
    summary: 'Keyboard shortcuts for the board',
    description: ['Moving cards with the mouse all day hurts. J and K to move, Enter to open would do.'],
    labels: ['accessibility'],
    components: [],
    comments: [],
  },
  {
    state: 'longName',
    type: 'Story',
    status: 'In progress',
    priority: 'Medium',
    summary:
      'Allow names longer than 80 characters in certificates, invoices, delivery notes and everywhere else ' +
      'where a person’s full legal name has to be printed unabridged',
    description: ['The certificate cuts my family name in half.'],
    labels: ['certificates'],
    components: ['Billing'],
    comments: [],
  },
  {
    state: 'nonLatin',
    type: 'Bug',
    status: 'To do',
    priority: 'Medium',
    summary: '検索で全角文字が見つからない (full-width characters are not found)',
    description: [
      '全角の英数字で検索すると結果が出ません。',
      'Searching for "ＡＣＭＥ" finds nothing, "ACME" finds 14 items.',
    ],
    labels: ['search', 'i18n'],
    components: ['Search'],
    comments: [],
  },
  {
    state: 'rightToLeft',
    type: 'Bug',
    status: 'To do',
    priority: 'Medium',
    summary: 'Right-to-left names swap sides with the date in the activity list',
    description: [
      'يظهر التاريخ قبل الاسم في قائمة النشاط.',
      'The date shows up in the middle of the name when the name is Arabic.',
    ],
    labels: ['i18n'],
    components: ['Reporting'],
    comments: [],
  },
  {
    state: 'markup',
    type: 'Bug',
    status: 'To do',
    priority: 'High',
    summary: 'Names with <b>angle brackets</b> & quotes must be shown as they are',
    description: ['My name is shown in bold in the mail, and <script>alert("as a script")</script> would be worse.'],
    labels: ['security'],
    components: ['Notifications'],
    comments: ['</textarea><img src=x onerror=alert(1)> is shown as text here, as it should be.'],
  },
  {
    state: 'customer',
    type: 'Story',
    status: 'To do',
    priority: 'Medium',
    summary: 'Say in the portal who works on my request',
    description: ['I see that my request is in progress, but not whom I could call about it.'],
    labels: ['portal', 'customer-request'],
    components: ['Portal'],
    comments: [],
  },
  {
    state: 'customerHidden',
    type: 'Task',
    status: 'To do',
    priority: 'Low',
    summary: 'Send the monthly invoice to our accounting too',
    description: ['Our accounting has a mailbox of its own. Please send a copy of each invoice there.'],
    labels: ['portal'],
    components: ['Billing'],
    comments: [],
  },
  {
    state: 'inactive',
    type: 'Bug',
    status: 'In progress',
    priority: 'Medium',
    summary: 'Attachments with umlauts can not be downloaded',
    description: ['A file called "Übersicht.pdf" comes as a page that says "not found".'],
    labels: ['attachments'],
    components: ['Portal'],
    comments: ['Reported by a colleague who has left since.'],
  },
  {
    state: 'secondAccount',
    type: 'Story',
    status: 'To do',
    priority: 'Medium',
    summary: 'One list of my requests, whichever way I sent them',
    description: ['I write by mail and in the portal, and see two lists that do not know of each other.'],
    labels: ['portal'],
    components: ['Portal'],
    comments: [],
  },
];
