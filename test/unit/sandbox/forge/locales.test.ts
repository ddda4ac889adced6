import path from 'node:path';
import { localeFileOf, titleIn } from '../../../../sandbox/forge/locales';
import { readManifest } from '../../../../sandbox/forge/manifest';

const APP_DIR = path.join(__dirname, '../../../..');
const manifest = readManifest(APP_DIR);

describe('the languages of an app', () => {
  it('stand beside the files of each of its resources', () => {
    for (const { key } of manifest.resources) {
      expect(localeFileOf(manifest, APP_DIR, `/${key}/__LOCALES__/i18n-info.json`)).toMatchObject({
        config: { locales: ['en-US', 'de-DE', 'fr-FR', 'ja-JP'], fallback: { default: 'en-US' } },
      });
      expect(localeFileOf(manifest, APP_DIR, `/${key}/__LOCALES__/de-DE.json`)).toMatchObject({
        common: { cancel: 'Abbrechen' },
      });
    }
  });

  it.each([
    '/panel/index.html',
    '/panel/__LOCALES__/es-ES.json',
    '/nowhere/__LOCALES__/de-DE.json',
    '/panel/__LOCALES__/../de-DE.json',
  ])('are not at %s', (pathname) => {
    expect(localeFileOf(manifest, APP_DIR, pathname)).toBeNull();
  });
});

describe('a title of the manifest', () => {
  it('is in the language that is asked for, and in the default one where there is no such file', () => {
    const titles = ['de-DE', 'es-ES'].map((locale) => titleIn(manifest, APP_DIR, { i18n: 'modules.panel' }, locale));
    expect(titles).toEqual(['Shorter-Loop-Segmente', 'Shorter Loop segments']);
  });

  it('is as it stands when it is plain', () => {
    expect(titleIn(manifest, APP_DIR, 'Plain', 'de-DE')).toBe('Plain');
  });

  it('must be in some language', () => {
    expect(() => titleIn(manifest, APP_DIR, { i18n: 'modules.nobody' }, 'de-DE')).toThrow('modules.nobody');
  });
});
