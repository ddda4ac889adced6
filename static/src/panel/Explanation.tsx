import { Message } from '../shared/Message';

type ExplanationProps = {
  readonly title: string;
  readonly cause: string;
  readonly next: string;
};

/** Why something is as it is, and what to do about it. */
export function Explanation({ title, cause, next }: ExplanationProps) {
  return (
    <Message tone="info" title={title}>
      <p>{cause}</p>
      <p>{next}</p>
    </Message>
  );
}
