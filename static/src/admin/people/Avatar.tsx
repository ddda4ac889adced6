import { initialsOf } from './initials';

type AvatarProps = { readonly name: string };

/**
 * The initials of a person, for the eye only. A picture of theirs would come from hosts that the page may not ask:
 * each of them would be one more permission of the app
 * (https://developer.atlassian.com/platform/forge/manifest-reference/permissions/).
 */
export function Avatar({ name }: AvatarProps) {
  return (
    <span className="people-avatar" aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}
