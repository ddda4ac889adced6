import type { AccessSettings, Act, Group, SaveAccessInput } from '@contract';

/**
 * The rules that hold, with what starts with Jira's admins opened to the members of groups who may edit. Bulk runs stay
 * with the admins, who open them under *Access* if they want.
 */
export function openedTo(
  access: AccessSettings,
  { groups, picked }: { readonly groups: readonly string[]; readonly picked: readonly Group[] },
): SaveAccessInput {
  const opened: SaveAccessInput[Act] = { permission: 'EDIT_ISSUES', groupNames: groups, picked };
  const asItIs = (act: Act): SaveAccessInput[Act] => ({
    permission: access[act].permission,
    groupNames: access[act].groups.map(({ name }) => name),
  });
  return {
    board: opened,
    link: opened,
    others: opened,
    move: asItIs('move'),
    remove: asItIs('remove'),
    add: asItIs('add'),
    bulk: asItIs('bulk'),
  };
}
