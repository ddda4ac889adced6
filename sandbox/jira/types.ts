/** What an account may do in the one project of the sandbox, and in Jira. */
export type Role = 'admin' | 'agent' | 'viewer' | 'noAccess' | 'reporter';

/** Whom Jira tells this person's e-mail address. */
export type EmailVisibility =
  /** Everyone who sees the person, and the app. */
  | 'everyone'
  /** The app, by `GET /rest/api/3/user/email`, and nobody who looks at an issue. */
  | 'appOnly'
  /** People who look at an issue, but not the app: the e-mail resource has none to give. */
  | 'issueOnly'
  | 'nobody';

/** An account as Jira knows it. */
export type JiraPerson = {
  readonly accountId: string;
  readonly displayName: string;
  readonly accountType: 'atlassian' | 'app' | 'customer';
  readonly active: boolean;
  readonly email: string | null;
  readonly emailVisibility: EmailVisibility;
  readonly role: Role;
};

/** What can be changed about an account while a test runs: people change their address, and admins deactivate them. */
export type ChangedPerson = Partial<
  Pick<JiraPerson, 'displayName' | 'accountType' | 'active' | 'email' | 'emailVisibility'>
>;

/**
 * Whether `GET /rest/api/3/user/bulk` and the e-mail resources know portal customers. No page says so, and nobody has
 * measured it: assumed either way, and the app has to be right under both.
 */
export type CustomersInUserResources = 'told' | 'leftOut';

/** A group of people. Jira Cloud tells groups apart by id; names may change. */
export type JiraGroup = { readonly groupId: string; readonly name: string };

/** What an issue is there to show: a match state, or a name that is hard on a page. */
export type IssueState =
  | 'one'
  | 'many'
  | 'none'
  | 'linked'
  | 'found'
  | 'ambiguous'
  | 'notFound'
  | 'emailHidden'
  | 'emailVisible'
  | 'noReporter'
  | 'app'
  | 'formerUser'
  | 'longName'
  | 'nonLatin'
  | 'rightToLeft'
  | 'markup'
  | 'customer'
  | 'customerHidden'
  | 'inactive'
  | 'secondAccount'
  /** One that somebody created while the sandbox ran. */
  | 'created';

/** A comment under an issue; `atMs` in milliseconds since the epoch. */
export type JiraComment = { readonly authorAccountId: string; readonly text: string; readonly atMs: number };

/** An issue of the sandbox. */
export type JiraIssue = {
  readonly id: string;
  readonly key: string;
  readonly state: IssueState;
  readonly summary: string;
  /** Paragraphs of plain text. */
  readonly description: readonly string[];
  readonly type: { readonly id: string; readonly name: string };
  readonly status: { readonly id: string; readonly name: string; readonly category: 'new' | 'indeterminate' | 'done' };
  readonly priority: string;
  readonly labels: readonly string[];
  readonly components: readonly string[];
  readonly reporterAccountId: string | null;
  readonly assigneeAccountId: string | null;
  readonly comments: readonly JiraComment[];
  /** What stands in fields of apps, by the field's id. */
  readonly custom?: Readonly<Record<string, readonly string[] | null>> | undefined;
  readonly createdMs: number;
  readonly updatedMs: number;
  /** When it was done; null while it is not. */
  readonly resolvedMs: number | null;
};

/** The one project of the sandbox. */
export const PROJECT = { id: '10000', key: 'ACME', name: 'Acme Cloud', type: 'software' } as const;

/** A member of Shorter Loop, as far as a reporter can be made from one. */
export type MemberSeed = {
  readonly id: number;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly segmentIds: readonly number[];
};

/** What the app's storage should hold before the first page, so that every match state is there to see. */
export type LinkSeed = {
  readonly accountId: string;
  readonly state: 'linked' | 'unlinked';
  readonly memberId: number;
  readonly how: 'manual' | 'import';
  readonly byAccountId: string;
  readonly atMs: number;
};
