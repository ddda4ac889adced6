import { Explanation } from './Explanation';
import { MatchChoices, type MatchChoicesProps } from './MatchChoices';
import { matchText } from './matchText';

/** Why it is not settled who the reporter is, and the members to choose from. */
export function UnsettledMatchState({ match, ...list }: MatchChoicesProps) {
  return (
    <>
      <Explanation {...matchText(match, list.mayLink)} />
      <MatchChoices match={match} {...list} />
    </>
  );
}
