import type { Cast } from './people';
import type { ChangedPerson, JiraGroup, JiraPerson, Role } from './types';

/** The groups of the sandbox's Jira. */
export const GROUPS = [
  { groupId: '276f955c-63d7-42c8-9520-92d01dca0625', name: 'product-team' },
  { groupId: '6e87dc72-4f1f-421f-9382-2fee8b652487', name: 'support' },
  { groupId: '8a1cf3b0-5d2e-4c19-9b57-0f4f2d1c7e33', name: 'jira-administrators' },
] as const satisfies readonly JiraGroup[];
/** The name of one of {@link GROUPS}. */
type GroupName = (typeof GROUPS)[number]['name'];

const SEEDED: Readonly<Record<Role, readonly GroupName[]>> = {
  admin: ['product-team', 'jira-administrators'],
  agent: ['product-team', 'support'],
  viewer: ['support'],
  reporter: [],
  noAccess: [],
};

/** Who may do what, and who is in which group, as it is now. */
export type Access = {
  /** Those who use Jira first, then the reporters; `role` is always the present one. */
  readonly people: readonly JiraPerson[];
  /** The groups of a person, in Jira's order; none for an account that is not known. */
  readonly groupsOf: (accountId: string) => readonly JiraGroup[];
  /** Gives a person another role until the next reset; the groups stay. Throws for an account that is not known. */
  readonly setRole: (accountId: string, role: Role) => void;
  /** Puts a person in these groups, and in no other, until the next reset. Throws for an account that is not known. */
  readonly setGroups: (accountId: string, names: readonly GroupName[]) => void;
  /** Changes an account until the next reset. Throws for an account that is not known. */
  readonly setPerson: (accountId: string, changed: ChangedPerson) => void;
  /** Gives everyone back the role, the groups and the account of the seed. */
  readonly reset: () => void;
};

function everybodyIn({ agent, viewer, admin, noAccess, reporters, crowd, others }: Cast): JiraPerson[] {
  const team = [agent, viewer, admin, noAccess];
  return [...team, ...reporters.values(), ...crowd.map(({ person }) => person), ...others];
}

/** Seeds the access of a cast: groups follow the role. */
export function createAccess(cast: Cast): Access {
  const seeded = everybodyIn(cast);
  const roles = new Map<string, Role>();
  const groups = new Map<string, readonly GroupName[]>();
  const changes = new Map<string, ChangedPerson>();
  const people = seeded.map((person): JiraPerson => {
    const { accountId } = person;
    const now = (): JiraPerson => ({ ...person, ...changes.get(accountId) });
    return {
      accountId,
      get displayName() {
        return now().displayName;
      },
      get accountType() {
        return now().accountType;
      },
      get active() {
        return now().active;
      },
      get email() {
        return now().email;
      },
      get emailVisibility() {
        return now().emailVisibility;
      },
      get role() {
        return roles.get(accountId) ?? person.role;
      },
    };
  });
  const known = (accountId: string): JiraPerson => {
    const found = seeded.find((person) => person.accountId === accountId);
    if (found === undefined) throw new Error(`Jira has no account ${accountId}`);
    return found;
  };
  return {
    people,
    groupsOf: (accountId) => {
      const person = seeded.find((candidate) => candidate.accountId === accountId);
      const names = groups.get(accountId) ?? (person === undefined ? [] : SEEDED[person.role]);
      return GROUPS.filter(({ name }) => names.includes(name));
    },
    setRole: (accountId, role) => void roles.set(known(accountId).accountId, role),
    setGroups: (accountId, names) => void groups.set(known(accountId).accountId, [...names]),
    setPerson: (accountId, changed) =>
      void changes.set(known(accountId).accountId, { ...changes.get(accountId), ...changed }),
    reset: () => {
      changes.clear();
      roles.clear();
      groups.clear();
    },
  };
}
