import { comparableName, jiraKey, searchText } from '../../../src/contract';

describe('texts that are searched', () => {
  it.each([
    ['Søren Ødegård', 'soren odegard'],
    ['Łukasz', 'lukasz'],
    ['Straße', 'strasse'],
    ['STRASSE', 'strasse'],
    ['Þórður', 'thordur'],
    ['Æbleskiver', 'aebleskiver'],
    ['Đorđe', 'dorde'],
    ['Işık', 'isik'],
    ['İstanbul', 'istanbul'],
    ['Zoë Müller', 'zoe muller'],
    ['Ángel', 'angel'],
    ['Ａｎｎ', 'ann'],
    ['O’Neill', "o'neill"],
  ])('%s is found by %s', (name, typed) => {
    expect(searchText(name)).toContain(searchText(typed));
    expect(searchText(typed)).toBe(typed);
  });

  it('finds what was typed with its own letters too', () => {
    expect(searchText('Søren')).toContain(searchText('sør'));
    expect(searchText('山田太郎')).toContain(searchText('太郎'));
  });
});

describe('names that are compared', () => {
  it('takes composed and decomposed letters for the same, and nothing more', () => {
    expect(comparableName('Cafe\u0301 ')).toBe(comparableName('Caf\u00e9'));
    expect(comparableName(' Beta  testers\u200b')).toBe(comparableName('Beta testers'));
    expect(comparableName('Beta\ttesters')).toBe('Beta testers');
    for (const blank of ['\u00a0', '\u2009', '\u202f', '\u3000', ' \u00a0 ', '\u2800'])
      expect(comparableName(`${blank}Beta${blank}testers`)).toBe('Beta testers');
    expect(comparableName('Co\u2011design')).toBe('Co-design');
    expect(comparableName('Beta')).not.toBe(comparableName('beta'));
    expect(comparableName('Straße')).not.toBe(comparableName('Strasse'));
  });
});

describe('a key of Jira', () => {
  it.each([
    ['acme-101', 'ACME-101'],
    ['Acme_2', 'ACME_2'],
    ['ß-1', 'ß-1'],
    ['ſs-1', 'ſS-1'],
    ['ﬀ', 'ﬀ'],
    ['ı', 'ı'],
  ])('%s has its letters of ASCII alone in capitals: %s', (text, key) => {
    expect(jiraKey(text)).toBe(key);
  });
});
