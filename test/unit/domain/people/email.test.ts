import {
  domainOfEmail,
  normalizeDomain,
  normalizeEmail,
  sendableEmail,
  withoutAddress,
} from '../../../../src/domain/people';

const isSame = (one: string, other: string): boolean => normalizeEmail(one) === normalizeEmail(other);

describe('comparing e-mail addresses', () => {
  it('compares without case of A to Z and surrounding blanks, and with nothing looser', () => {
    expect(normalizeEmail('  Zoe+Jira@Example.COM ')).toBe('zoe+jira@example.com');
    expect(isSame('zoe.stone@example.com', 'zoestone@example.com')).toBe(false);
    expect(isSame('zoe@example.com', 'zoe+jira@example.com')).toBe(false);
  });

  it('takes a domain and its ASCII form for the same', () => {
    expect(isSame('ann@bücher.example', 'ann@xn--bcher-kva.example')).toBe(true);
    expect(isSame('Ann@Bücher.Example', 'ann@XN--BCHER-KVA.example')).toBe(true);
    expect(isSame('ann@shop.bücher.example', 'ann@shop.xn--bcher-kva.example')).toBe(true);
  });

  it('takes composed and decomposed letters for the same', () => {
    expect(isSame('jose\u0301@caf\u00e9.example', 'jos\u00e9@cafe\u0301.example')).toBe(true);
    expect(isSame('caf\u00e9@a.example', 'cafe\u0301@a.example')).toBe(true);
  });

  it.each([
    ['bo\u212a@acme.example', 'bok@acme.example', 'a KELVIN SIGN and k'],
    ['bo\u212a@acme.example', 'boK@acme.example', 'a KELVIN SIGN and K'],
    ['ann@ban\u212a.example', 'ann@bank.example', 'a KELVIN SIGN in the domain'],
    ['b\u0131ll@acme.example', 'bill@acme.example', 'a dotless i'],
    ['b\u0130ll@acme.example', 'bill@acme.example', 'a dotted capital I'],
    ['stra\u00dfe@acme.example', 'strasse@acme.example', 'a sharp s and ss'],
    ['ann@stra\u00dfe.example', 'ann@strasse.example', 'a sharp s in the domain'],
    ['\u00c4nn@acme.example', '\u00e4nn@acme.example', 'an umlaut in two cases'],
    ['ann@\uff41cme.example', 'ann@acme.example', 'a full-width a'],
    ['ann@acme\u3002example', 'ann@acme.example', 'an ideographic full stop'],
    ['ann@\u0430cme.example', 'ann@acme.example', 'a Cyrillic a'],
    ['ann\u200b@acme.example', 'ann@acme.example', 'a blank of no width'],
    ['ann@ac\u00adme.example', 'ann@acme.example', 'a soft hyphen'],
    ['\ufb01n@acme.example', 'fin@acme.example', 'a ligature'],
    ['a\u037eb@acme.example', 'a;b@acme.example', 'a Greek question mark'],
  ])('tells %s and %s apart: %s', (one, other) => {
    expect(isSame(one, other)).toBe(false);
    expect(isSame(one, one)).toBe(true);
  });

  it('lets no character beyond ASCII become one of ASCII, before the @ or after it', () => {
    const posing: number[] = [];
    for (let code = 0x80; code < 0x30000; code += 1) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const letter = String.fromCodePoint(code);
      if (/\s/u.test(letter) || letter === '\ufeff') continue;
      const [local = '', domain = ''] = normalizeEmail(`x${letter}x@x${letter}x.example`).split('@');
      const isPosing = /^[ -~]*$/.test(local) || (/^[ -~]*$/.test(domain) && !domain.startsWith('xn--'));
      if (isPosing) posing.push(code);
    }
    expect(posing).toEqual([]);
  });

  it('names the domain that was compared', () => {
    expect(domainOfEmail('Ann@Bücher.example ')).toBe('xn--bcher-kva.example');
    expect(domainOfEmail('"a@b"@acme.example')).toBe('acme.example');
    expect(domainOfEmail('nobody')).toBeNull();
    expect(normalizeDomain(' BÜCHER.example')).not.toBe(normalizeDomain('bücher.example'));
    expect(normalizeDomain(' Bücher.Example')).toBe('xn--bcher-kva.example');
  });

  it('sends a domain in its ASCII form, and everything else as it was typed', () => {
    expect(sendableEmail(' Ann@Bücher.example')).toBe('Ann@xn--bcher-kva.example');
    expect(sendableEmail('änn@Acme.example')).toBe('änn@Acme.example');
  });
});

describe('a name that holds an address', () => {
  it.each([
    ['ada@company.example', 'ada'],
    ['Ada Lovelace <ada@company.example>', 'Ada Lovelace <ada>'],
    ['ada@company.example (Acme)', 'ada (Acme)'],
    ['ada\uff20company.example', 'ada'],
    ['a@b@company.example', 'a'],
    ['ada @ company.example', 'ada'],
    ['ada@ company.example, Acme', 'ada, Acme'],
    ['ada[at]company.example', 'ada'],
    ['ada (AT) company.example', 'ada'],
    ['ada%40company.example', 'ada'],
    ['ada&#64;company.example', 'ada'],
    ['ada@b\u00fccher.example', 'ada'],
    ['Ada (Attila) Lovelace', 'Ada (Attila) Lovelace'],
    ['Ada Lovelace', 'Ada Lovelace'],
    ['Team @ Berlin', 'Team @ Berlin'],
    ['@company.example', null],
  ])('%s is shown as %s', (name, shown) => {
    expect(withoutAddress(name)).toBe(shown);
  });
});
