import { events } from '@forge/bridge';
import { useEffect, useRef, useState } from 'react';
import { at } from './form';

/**
 * Listens to Automation's rule editor: *Next* asks the form to submit itself, and while a rule is being
 * checked nothing should be changed.
 * @param onNext called for *Next*
 * @returns whether Automation is checking the rule now
 * @see https://developer.atlassian.com/platform/forge/manifest-reference/modules/automation-action/
 */
export function useAutomation(onNext: () => void): boolean {
  const [isChecking, setChecking] = useState(false);
  const next = useRef(onNext);
  useEffect(() => {
    next.current = onNext;
  });
  useEffect(() => {
    const listening = [
      events.on('AUTOMATION_ACTION_SUBMIT', () => next.current()),
      events.on('AUTOMATION_ACTION_VALIDATE_RULE_EVENT', (payload: unknown) =>
        setChecking(at(payload, 'isValidating') === true),
      ),
    ];
    return () => {
      // A page that could not listen has nothing to end.
      for (const one of listening) void one.then(({ unsubscribe }) => unsubscribe()).catch(() => undefined);
    };
  }, []);
  return isChecking;
}
