/** Why an input is not accepted, as data. Pages put it into words; the value itself is not repeated. */
export type InputReason =
  | { readonly code: 'missing' | 'wrongForm' | 'notOffered' | 'notWhole' }
  /** In characters. */
  | { readonly code: 'tooShort'; readonly least: number }
  | { readonly code: 'tooLong'; readonly most: number }
  /** In parts of a list. */
  | { readonly code: 'tooFew'; readonly least: number }
  | { readonly code: 'tooMany'; readonly most: number }
  | { readonly code: 'tooSmall'; readonly least: number }
  | { readonly code: 'tooLarge'; readonly most: number }
  /** An address that the app may not ask: see `checkOrigin`. */
  | { readonly code: 'notAnAddress' | 'notHttps' | 'notBare' }
  | { readonly code: 'foreignHost'; readonly host: string }
  /** A path that can't be a call's: see `checkPath`. */
  | { readonly code: 'notAPath' | 'idMissing' | 'placeholder' }
  /** A write could be the very request of another call: see `checkPaths`. */
  | { readonly code: 'sameRequest' }
  | { readonly code: 'notAHeader' }
  | { readonly code: 'groupUnknown'; readonly name: string }
  | { readonly code: 'projectUnknown'; readonly key: string }
  | { readonly code: 'notADomain'; readonly given: string }
  | { readonly code: 'tooManyApiClients'; readonly most: number }
  /** No segment has the member that is to be linked. */
  | { readonly code: 'inNoSegment' }
  /** Jira has no account of that id that the user may see. */
  | { readonly code: 'accountUnknown' }
  /** The e-mail address of the person at this place of a list, counted from 1, can't be sent. */
  | { readonly code: 'notSendable'; readonly place: number }
  | { readonly code: 'notOnAnIssue' | 'notInAProject' }
  /** A stored request that asks for no change there is. */
  | { readonly code: 'notAChange' };
