import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import german from '../../../../static/locales/de-DE.json';
import english from '../../../../static/locales/en-US.json';
import french from '../../../../static/locales/fr-FR.json';
import japanese from '../../../../static/locales/ja-JP.json';
import { placesOf, sayingsOf, textsOf } from '../../../support/catalogue';

const ROOT = path.join(__dirname, '../../../..');
const SOURCES = path.join(ROOT, 'static/src');
const TRANSLATIONS = { 'de-DE': textsOf(german), 'fr-FR': textsOf(french), 'ja-JP': textsOf(japanese) };
const texts = textsOf(english);
const keys = [...texts.keys()];

const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name, source: readFileSync(path.join(SOURCES, name), 'utf8') }))
  .map(({ name, source }) => ({ name, source, sayings: sayingsOf(source, name) }));

/** Texts that are the same word in another language too. */
const SAME: Readonly<Record<keyof typeof TRANSLATIONS, readonly string[]>> = {
  'de-DE': [
    'admin.connection.profile.fields.header',
    'admin.connection.profile.fields.verb',
    'admin.segments.name',
    'board.toolbar.label',
    'bulk.report.columns.person',
    'modules.context',
    'people.segment',
    'problems.withStatus',
  ],
  'fr-FR': [
    'admin.segments.actions',
    'admin.segments.name',
    'admin.segments.title',
    'admin.tabs.segments',
    'board.chart.legend',
    'bulk.progress.minutes',
    'modules.context',
    'panel.segments',
  ],
  'ja-JP': ['modules.context'],
};

describe('the English catalogue', () => {
  it('has every text that a page asks for, with the places that the page fills', () => {
    const wrong = files.flatMap(({ name, sayings }) =>
      sayings.calls.flatMap(({ key, values }) => {
        const asked = keys.filter((known) => key.test(known));
        if (asked.length === 0) return [`${name}: no text for ${key.source}`];
        if (values === null) return [];
        const places = asked.flatMap((known) =>
          placesOf(texts.get(known) ?? '', 'en-US').map((place) => place.replace(/:.*/, '')),
        );
        const astray = [
          ...places.filter((place) => !values.includes(place)),
          ...values.filter((value) => !places.includes(value)),
        ];
        return astray.map((value) => `${name}: ${key.source} and {${value}}`);
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('has no text that nobody asks for', () => {
    const asked = [
      ...files.flatMap(({ sayings }) => sayings.keys),
      ...sayingsOf(
        `[${[...readFileSync(path.join(ROOT, 'manifest.yml'), 'utf8').matchAll(/i18n: ([\w.-]+)/g)].map(([, key]) => `'${key}'`).join()}]`,
      ).keys,
    ];
    expect(keys.filter((key) => !asked.some((pattern) => pattern.test(key)))).toEqual([]);
  });

  it('comes to each page with the sections that the page uses', () => {
    const usedIn = (folder: string): string[] =>
      files
        .filter(({ name }) => name.startsWith(folder))
        .flatMap(({ sayings }) => keys.filter((key) => sayings.keys.some((pattern) => pattern.test(key))));
    for (const { name, source } of files.filter((file) => file.name.endsWith('/main.tsx'))) {
      const used = new Set([...usedIn(path.dirname(name)), ...usedIn('shared')].map((key) => key.split('.')[0]));
      const brought = /import \{ (.*) \} from '.*en-US\.json'/.exec(source)?.[1]?.split(', ') ?? [];
      expect({
        name,
        lacks: [...used].filter((section) => section !== undefined && !brought.includes(section)),
      }).toEqual({ name, lacks: [] });
    }
  });
});

describe.each(
  Object.keys(TRANSLATIONS).filter((locale): locale is keyof typeof TRANSLATIONS => locale in TRANSLATIONS),
)('the catalogue in %s', (locale) => {
  const translated = TRANSLATIONS[locale];

  it('has the same keys as the English one', () => {
    expect({
      lacks: keys.filter((key) => !translated.has(key)),
      hasTooMuch: [...translated.keys()].filter((key) => !texts.has(key)),
    }).toEqual({ lacks: [], hasTooMuch: [] });
  });

  it('has the same places in each text', () => {
    for (const [key, text] of translated)
      expect({ key, places: placesOf(text, locale) }).toEqual({ key, places: placesOf(texts.get(key) ?? '', 'en-US') });
  });

  it('is translated', () => {
    const same = [...translated].filter(
      ([key, text]) =>
        text === texts.get(key) &&
        /\p{L}{3}/u.test(text.replaceAll(/\{.*?\}|\b[A-Z]{2,}\b|X-Segments-Key|…\/\S+/g, '')),
    );
    expect(same.map(([key]) => key).sort()).toEqual([...SAME[locale]].sort());
  });
});

describe('the code of the pages', () => {
  it('holds no text of its own', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.flatMap(({ name, sayings }) => sayings.hardCoded.map((text) => `${name}: ${text}`))).toEqual([]);
  });

  it.each([
    ['a text between tags', '<p>Save</p>'],
    ['a label', '<input aria-label="Name" />'],
    ['a label in braces', "<Field label={'Name'} />"],
    ['a text in braces', "<p>{'Save'}</p>"],
    ['a text with a value in it', '<p>{`${n} members`}</p>'],
    ['a sentence in a constant', "const TEXT = 'Nothing was changed.';"],
  ])('is searched for %s', (_what, source) => {
    expect(sayingsOf(source).hardCoded).toHaveLength(1);
  });

  it.each([
    '<p className="subtle small">·</p>',
    "<p>{t('common.save')}</p>",
    "throw new Error('The page has no root.');",
    "<input type='text' title={t('common.save')} />",
  ])('may hold %s', (source) => {
    expect(sayingsOf(source).hardCoded).toEqual([]);
  });
});
