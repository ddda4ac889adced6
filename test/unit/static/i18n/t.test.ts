import { list, number, t } from '../../../../static/src/i18n';
import { setLanguage } from '../../../../static/src/i18n/language';
import german from '../../../../static/locales/de-DE.json';
import english from '../../../../static/locales/en-US.json';

const speak = (locale: string, messages: Parameters<typeof setLanguage>[0]['messages']): void =>
  setLanguage({ locale, messages, english });

describe('a text of the catalogue', () => {
  it('is in the language of the page', () => {
    speak('de-DE', german);
    expect(t('common.cancel')).toBe('Abbrechen');
  });

  it('is in English where the language lacks it', () => {
    speak('de-DE', { common: { back: 'Zurück' } });
    expect([t('common.back'), t('common.cancel')]).toEqual(['Zurück', 'Cancel']);
  });

  it('has its places filled, with numbers as the language writes them', () => {
    speak('de-DE', german);
    expect(t('common.tryAgainIn', { time: '5 Minuten' })).toBe('Erneut versuchen in 5 Minuten');
  });

  it('needs a value for each of its places', () => {
    speak('en-US', english);
    expect(() => t('common.tryAgainIn')).toThrow('time');
  });

  it('keeps a right-to-left value from turning the sentence, and shows markup as it is', () => {
    speak('en-US', { common: { cancel: 'Move {who} <b>' } });
    expect(t('common.cancel', { who: 'לאה <i>' })).toBe('Move \u2068לאה <i>\u2069 <b>');
  });

  it('is neither turned nor broken by a value', () => {
    speak('en-US', { common: { cancel: 'Move {who} to {to}?' } });
    expect(t('common.cancel', { who: 'Ann\u202e\n', to: '\u2067Gold\u{e0041}' })).toBe('Move Ann to Gold?');
  });
});

describe('a list', () => {
  it.each([
    ['en-GB', 'and', 'A, B and C'],
    ['de-DE', 'or', 'A, B oder C'],
    ['ja-JP', 'and', 'A、B、C'],
  ] as const)('is written in %s as the language does', (locale, style, written) => {
    speak(locale, english);
    expect(list(['A', 'B', 'C'], style)).toBe(written);
  });
});

it.each([
  ['de_DE', '12.345,5'],
  ['pt-BR', '12.345,5'],
  ['', '12,345.5'],
  ['none at all', '12,345.5'],
  ['x', '12,345.5'],
])('a number is written also where the language is told as %j', (locale, written) => {
  speak(locale, english);
  expect([number(12_345.5), list(['A'])]).toEqual([written, 'A']);
});

it('a number is written as the language does', () => {
  speak('de-DE', german);
  expect(number(12_345.5)).toBe('12.345,5');
});
