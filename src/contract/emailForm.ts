const LABEL = String.raw`[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*`;
const TOP = String.raw`(?:\p{L}[\p{L}\p{M}]+|[Xx][Nn]--[A-Za-z0-9-]+)`;
/** Before the @ what Shorter Loop surely takes: letters of ASCII, digits and the usual signs; behind it a domain. */
const SENDABLE = new RegExp(String.raw`^(?!\.)(?!.*\.\.)[A-Za-z0-9_'+\-.]*[A-Za-z0-9_+\-]@(?:${LABEL}\.)+${TOP}$`, 'u');
const KELVIN_SIGN = '\u212a';
/** @see https://www.rfc-editor.org/errata/eid1690 */
const MOST_CHARACTERS = 254;

/**
 * Whether an address can be sent. Asked by the page, which can tell the line of a file, and again by the app. A domain
 * may hold letters beyond ASCII, as long as none of them is another form of a letter, as a full-width one is.
 */
export function isSendableEmail(email: string): boolean {
  const composed = email.normalize('NFC');
  const isPlain = composed.normalize('NFKC') === composed && !email.includes(KELVIN_SIGN);
  return isPlain && email.length <= MOST_CHARACTERS && SENDABLE.test(composed);
}
