const LABEL = String.raw`[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?`;
const TOP = String.raw`(?:\p{L}[\p{L}\p{M}]+|[Xx][Nn]--[A-Za-z0-9-]*[A-Za-z0-9])`;
/** Before the @ what Shorter Loop surely takes: letters of ASCII, digits and the usual signs; behind it a domain. */
const SENDABLE = new RegExp(String.raw`^(?!\.)(?!.*\.\.)[A-Za-z0-9_'+\-.]*[A-Za-z0-9_+\-]@(?:${LABEL}\.)+${TOP}$`, 'u');
const KELVIN_SIGN = '\u212a';
/** @see https://www.rfc-editor.org/errata/eid1690 and https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1 */
const MOST_CHARACTERS = 254;
const MOST_BEFORE_AT = 64;
const MOST_OF_LABEL = 63;

/** Nearly every address of a list of thousands, and its domain: there is nothing to compose or to turn into ASCII. */
const IN_ASCII = /^[ -~]*$/;
const PLAIN_DOMAIN = /^(?!.*xn--)[a-z0-9.-]*$/i;
/**
 * Put before a domain, so that each of its labels is looked into: of a domain in ASCII newer engines take any label
 * that begins with `xn--` (measured on 30 November 2026: Node 24.21 and Chromium 156 do, Node 20.20 does not).
 */
const BEYOND_ASCII = 'ü.';
const IN_PUNYCODE = 'xn--tda.';

/**
 * Whether an address can be sent. Asked by the page, which can tell the line of a file, and again by the app. A domain
 * may hold letters beyond ASCII, as long as none of them is another form of a letter, as a full-width one is; it is
 * measured in its form of ASCII, as which it is sent.
 */
export function isSendableEmail(email: string): boolean {
  if (email.length > MOST_CHARACTERS) return false;
  const composed = IN_ASCII.test(email) ? email : composedOf(email);
  if (composed === null || !SENDABLE.test(composed)) return false;
  const at = composed.indexOf('@');
  const domain = asciiDomain(composed.slice(at + 1));
  if (domain === null || at > MOST_BEFORE_AT) return false;
  return at + 1 + domain.length <= MOST_CHARACTERS && domain.split('.').every((label) => label.length <= MOST_OF_LABEL);
}

/** An address as it is compared; null where a letter of it is another form of a letter. */
function composedOf(email: string): string | null {
  const composed = email.normalize('NFC');
  return composed.normalize('NFKC') === composed && !email.includes(KELVIN_SIGN) ? composed : null;
}

/** A domain in ASCII; null for one that has no such form, as what only begins like one. */
function asciiDomain(domain: string): string | null {
  if (PLAIN_DOMAIN.test(domain)) return domain;
  const url = `http://${BEYOND_ASCII}${domain}`;
  return URL.canParse(url) ? new URL(url).hostname.slice(IN_PUNYCODE.length) : null;
}
