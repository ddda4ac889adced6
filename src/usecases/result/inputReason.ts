import type { z } from 'zod';
import type { InputReason } from '../../contract';

/** What zod found wrong, as a reason that a page can put into words. Derived, so that schemas carry no sentences. */
export function inputReasonOf(issue: z.core.$ZodIssue | undefined): InputReason {
  switch (issue?.code) {
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return tooBig(issue);
    case 'invalid_value':
      return { code: 'notOffered' };
    case 'invalid_type':
      if (issue.expected === 'int') return { code: 'notWhole' };
      return issue.input === undefined || issue.input === null ? { code: 'missing' } : { code: 'wrongForm' };
    default:
      return { code: 'wrongForm' };
  }
}

function tooSmall({ origin, minimum, inclusive }: z.core.$ZodIssueTooSmall): InputReason {
  const least = Number(minimum) + (inclusive === false ? 1 : 0);
  if (origin === 'string') return least === 1 ? { code: 'missing' } : { code: 'tooShort', least };
  return origin === 'array' || origin === 'set' ? { code: 'tooFew', least } : { code: 'tooSmall', least };
}

function tooBig({ origin, maximum, inclusive }: z.core.$ZodIssueTooBig): InputReason {
  const most = Number(maximum) - (inclusive === false ? 1 : 0);
  if (origin === 'string') return { code: 'tooLong', most };
  return origin === 'array' || origin === 'set' ? { code: 'tooMany', most } : { code: 'tooLarge', most };
}
