import { useState } from 'react';
import type { ReporterView } from '@contract';
import { initialsOf } from './initials';

/** The reporter's picture, or their initials where there is none that this page may load; the name stands beside it. */
export function Avatar({ reporter }: { readonly reporter: ReporterView }) {
  const [failed, setFailed] = useState<string | null>(null);
  const { avatarUrl, displayName } = reporter;
  if (avatarUrl !== null && avatarUrl !== failed)
    return (
      <img className="avatar" src={avatarUrl} alt="" width={32} height={32} onError={() => setFailed(avatarUrl)} />
    );
  return (
    <span className="avatar avatar-initials" aria-hidden="true">
      {initialsOf(displayName)}
    </span>
  );
}
