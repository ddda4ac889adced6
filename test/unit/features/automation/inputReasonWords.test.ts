import type { InputReason } from '../../../../src/contract';
import { reasonWords } from '../../../../src/features/automation/inputReasonWords';

describe('why an input of a rule is not right', () => {
  it.each<[InputReason, string]>([
    [{ code: 'missing' }, 'it is empty'],
    [{ code: 'notOffered' }, 'it is not one of the choices'],
    [{ code: 'notWhole' }, 'it is not a whole number'],
    [{ code: 'tooShort', least: 8 }, 'it needs at least 8 characters'],
    [{ code: 'tooLong', most: 255 }, 'it may have at most 255 characters'],
    [{ code: 'tooFew', least: 1 }, 'it needs at least 1'],
    [{ code: 'tooSmall', least: 1 }, 'it needs at least 1'],
    [{ code: 'tooMany', most: 50 }, 'it may have at most 50'],
    [{ code: 'tooLarge', most: 50 }, 'it may have at most 50'],
    [{ code: 'tooManyApiClients', most: 20 }, 'it may have at most 20'],
    [{ code: 'inNoSegment' }, 'this member is in no segment'],
    [{ code: 'accountUnknown' }, 'Jira has no such account'],
    [{ code: 'groupUnknown', name: 'agents' }, 'Jira has no group “agents”'],
    [{ code: 'notAChange' }, 'the app can’t make this change'],
  ])('%j: %s', (reason, words) => {
    expect(reasonWords(reason)).toBe(words);
  });

  it.each<InputReason>([
    { code: 'projectUnknown', key: 'ACME' },
    { code: 'wrongForm' },
    { code: 'notAnAddress' },
    { code: 'notHttps' },
    { code: 'notBare' },
    { code: 'foreignHost', host: 'shorterloop.com' },
    { code: 'notAPath' },
    { code: 'idMissing' },
    { code: 'placeholder' },
    { code: 'notOnAnIssue' },
    { code: 'notInAProject' },
  ])('is its form for what only the settings can get wrong: %j', (reason) => {
    expect(reasonWords(reason)).toBe('it does not have the expected format');
  });
});
