/** The columns that the pages read, whatever they are called in a file. */
const COLUMNS = ['email', 'firstName', 'lastName', 'accountId', 'memberId'] as const;
/** One of {@link COLUMNS}. */
export type Column = (typeof COLUMNS)[number];

/**
 * How the columns are called in files that people have: as Shorter Loop, Jira, Outlook, Google and HR tools write
 * them, in the languages of the pages. Case, accents, blanks and hyphens make no difference.
 */
const SPELLINGS: Readonly<Record<Column, readonly string[]>> = {
  email: [
    'email, emails, email address, mail, mail address, e-mail, e-mail address, primary email, user email, work email',
    'email address [required], email [required], e-mail 1 - value, email 1 - value',
    'e-mail-adresse, e-mail, mailadresse, mail-adresse, email-adresse, e-mail geschäftlich',
    'adresse e-mail, adresse email, adresse mail, adresse électronique, courriel, adresse courriel, mél, e-mail pro',
    'adresse de courriel, adresse de messagerie',
    'メール, メールアドレス, eメール, eメールアドレス, 電子メール, 電子メールアドレス, emailアドレス, e-mailアドレス',
  ],
  firstName: [
    'first name, given name, forename, first, member first name, first name [required]',
    'vorname, rufname',
    'prénom, prénoms',
    '名, ファーストネーム, 名（名）, 下の名前',
  ],
  lastName: [
    'last name, surname, family name, last, second name, member last name, last name [required]',
    'nachname, familienname, zuname',
    'nom, nom de famille',
    '姓, 苗字, 名字, ラストネーム',
  ],
  accountId: [
    'account id, account ids, accountid, atlassian id, atlassian account id',
    'jira account id, jira account, user id, aaid',
    'reporter account, reporter account id, reporter id',
    'konto-id, account-id, benutzer-id, atlassian-konto-id, jira-konto-id, konto-kennung',
    'id de compte, id du compte, identifiant de compte, identifiant du compte, id compte, id utilisateur',
    'アカウントid, アカウント id, ユーザーid, atlassianアカウントid, jiraアカウントid',
  ],
  memberId: [
    'member id, member ids, shorter loop id, shorter loop member id, shorterloop id',
    'mitglieds-id, mitglied-id, mitglieder-id, mitgliedsnummer',
    'id de membre, id du membre, id membre, identifiant de membre, identifiant du membre',
    'メンバーid, メンバー id',
  ],
};

const BY_SPELLING: ReadonlyMap<string, Column> = new Map(
  COLUMNS.flatMap((column) =>
    SPELLINGS[column].flatMap((names) => names.split(',').map((name) => [folded(name), column] as const)),
  ),
);

/** The column that a heading stands for; null for any other. */
export function columnOf(heading: string): Column | null {
  return BY_SPELLING.get(folded(heading)) ?? null;
}

function folded(heading: string): string {
  return heading
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
