import Spinner from '@atlaskit/spinner';

/** A spinner, and what is being waited for, for those who can't see it. */
export function Waiting({ label }: { readonly label: string }) {
  return (
    <div className="loading" role="status">
      <Spinner size="medium" />
      <span className="visually-hidden">{label}</span>
    </div>
  );
}
