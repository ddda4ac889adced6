import { isolated, type InputReason } from '../../contract';

/** Why an input is not right, to stand after "is not right: ". In English, as everything that a rule's owner reads. */
export function reasonWords(reason: InputReason): string {
  switch (reason.code) {
    case 'missing':
      return 'it is empty';
    case 'notOffered':
      return 'it is not one of the choices';
    case 'notWhole':
      return 'it is not a whole number';
    case 'tooShort':
      return `it needs at least ${reason.least} characters`;
    case 'tooLong':
      return `it may have at most ${reason.most} characters`;
    case 'tooFew':
    case 'tooSmall':
      return `it needs at least ${reason.least}`;
    case 'tooMany':
    case 'tooLarge':
    case 'tooManyApiClients':
      return `it may have at most ${reason.most}`;
    case 'inNoSegment':
      return 'this member is in no segment';
    case 'accountUnknown':
      return 'Jira has no such account';
    case 'groupUnknown':
      return `Jira has no group “${isolated(reason.name)}”`;
    case 'notAChange':
      return 'the app can’t make this change';
    // What only the settings can get wrong has its words there.
    case 'projectUnknown':
    case 'wrongForm':
    case 'notAnAddress':
    case 'notHttps':
    case 'notBare':
    case 'foreignHost':
    case 'notAPath':
    case 'idMissing':
    case 'placeholder':
    case 'notADomain':
    case 'notAHeader':
    case 'sameRequest':
    case 'notSendable':
    case 'notOnAnIssue':
    case 'notInAProject':
      return 'it does not have the expected format';
  }
}
