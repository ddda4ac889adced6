import { domainToASCII, domainToUnicode } from 'node:url';

/**
 * The characters that are not ASCII and that composition (NFC) would turn into ASCII: a KELVIN SIGN into K, a Greek
 * question mark into a semicolon, an accent into a backquote. Unicode promises to add none.
 * @see https://www.unicode.org/policies/stability_policy.html
 */
const POSING_AS_ASCII = /([\u037e\u1fef\u212a])/u;

/**
 * An e-mail address as it is compared, everywhere where an address stands for a person: blanks around it left out,
 * composed (NFC), the letters A to Z in lower case, the domain in its ASCII form. Nothing looser: dots and plus tags
 * tell people apart at some provider, and letters beyond ASCII are never folded, as a mailbox with a KELVIN SIGN or
 * a dotless i belongs to somebody else than the one that looks like it.
 */
export function normalizeEmail(email: string): string {
  // Nearly all of a million addresses are of this kind, and it is a tenth of the work.
  if (isAscii(email)) return email.trim().toLowerCase();
  const { local, domain } = partsOf(lowerAscii(composed(email.trim())));
  return domain === null ? local : `${local}@${asciiDomain(domain)}`;
}

/**
 * An e-mail address as it can be sent where only ASCII is understood: the domain in its ASCII form, everything else
 * as it was typed. What stands before the @ has no such form, and stays.
 */
export function sendableEmail(email: string): string {
  const { local, domain } = partsOf(email.trim());
  return domain === null ? local : `${local}@${asciiDomain(composed(domain))}`;
}

/** The domain of an address, in the form in which {@link normalizeEmail} compares it; null where it has none. */
export function domainOfEmail(email: string): string | null {
  return partsOf(normalizeEmail(email)).domain;
}

/** Whether a text is written in ASCII alone. */
function isAscii(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text);
}

/** A domain as it is compared, which {@link domainOfEmail} answers too. */
export function normalizeDomain(domain: string): string {
  return asciiDomain(lowerAscii(composed(domain.trim())));
}

/** An @: in ASCII, as wide or small letters have it, as addresses of pages write it, or as people do who hide it. */
const AN_AT = String.raw`(?:[@\ufe6b\uff20]|%40|&#0*64;|&#[Xx]0*40;|[([{]\s*[Aa][Tt]\s*[)\]}])`;
const DOMAIN_LETTER = String.raw`[^\s<>()[\],;:"']`;
/** What follows the part before the @. Behind a blank only what has a dot in it, as some people work @ a place. */
const AFTER_AN_AT = new RegExp(
  String.raw`${AN_AT}\s+${DOMAIN_LETTER}+\.${DOMAIN_LETTER}+|${AN_AT}${DOMAIN_LETTER}+`,
  'gu',
);

/**
 * A name as it may be shown: of an address in it only what stands before the @ is left. Null when that is nothing, so
 * that its member is told by their id.
 */
export function withoutAddress(name: string): string | null {
  const shown = name.replace(AFTER_AN_AT, '').trim();
  return shown === '' ? null : shown;
}

function partsOf(email: string): { readonly local: string; readonly domain: string | null } {
  const at = email.lastIndexOf('@');
  return at === -1 ? { local: email, domain: null } : { local: email.slice(0, at), domain: email.slice(at + 1) };
}

function composed(text: string): string {
  return text
    .split(POSING_AS_ASCII)
    .map((part) => (POSING_AS_ASCII.test(part) ? part : part.normalize('NFC')))
    .join('');
}

function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/**
 * Each label in its ASCII form (`bücher` as `xn--bcher-kva`), as far as that form stands for this very label. Node
 * maps more than that, such as full-width letters and a KELVIN SIGN to ASCII: those stay as they are, so that they
 * equal nothing but themselves.
 */
function asciiDomain(domain: string): string {
  return domain.split('.').map(asciiLabel).join('.');
}

function asciiLabel(label: string): string {
  if (isAscii(label)) return label;
  const ascii = domainToASCII(label);
  return ascii !== '' && domainToUnicode(ascii) === lowerAscii(label) ? ascii : label;
}
