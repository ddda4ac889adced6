import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Manifest } from './manifest';
import { own } from './own';

/** A text, or texts by name. */
type Texts = string | { readonly [name: string]: Texts };
const textsSchema: z.ZodType<Texts> = z.lazy(() => z.union([z.string(), z.record(z.string(), textsSchema)]));

/**
 * What Forge serves under `/<resource key>/__LOCALES__/`, beside the files of every resource:
 * `i18n-info.json` says which languages there are, `<locale>.json` holds the texts of one.
 * @returns null for any other path
 */
export function localeFileOf({ resources, translations }: Manifest, appDir: string, pathname: string): unknown {
  const [, key, name] = /^\/([^/]+)\/__LOCALES__\/([\w-]+)\.json$/.exec(pathname) ?? [];
  if (translations === undefined || !resources.some((resource) => resource.key === key)) return null;
  if (name === 'i18n-info')
    return {
      translations: {},
      config: { locales: translations.resources.map((file) => file.key), fallback: translations.fallback },
    };
  const file = translations.resources.find((declared) => declared.key === name);
  return file === undefined ? null : textsIn(path.join(appDir, file.path));
}

/**
 * A title of manifest.yml in a language: a plain one as it is, a key from the first file that has it,
 * in the order of the manifest's fallbacks. Throws when none does.
 */
export function titleIn(
  { translations }: Manifest,
  appDir: string,
  title: string | { readonly i18n: string },
  locale: string,
): string {
  if (typeof title === 'string') return title;
  const named = own<readonly string[] | string>(translations?.fallback ?? {}, locale);
  const order = [locale, ...(typeof named === 'object' ? named : []), translations?.fallback.default];
  for (const key of order) {
    const file = translations?.resources.find((declared) => declared.key === key);
    const text = file === undefined ? undefined : textAt(textsIn(path.join(appDir, file.path)), title.i18n);
    if (text !== undefined) return text;
  }
  throw new Error(`No language of manifest.yml has a text for ${title.i18n}`);
}

/** What was read last of each file, which every page asks for some times. */
const read = new Map<string, { readonly changedMs: number; readonly texts: Texts }>();

function textsIn(file: string): Texts {
  const changedMs = statSync(file).mtimeMs;
  const known = read.get(file);
  if (known?.changedMs === changedMs) return known.texts;
  const texts = textsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  read.set(file, { changedMs, texts });
  return texts;
}

function textAt(texts: Texts, key: string): string | undefined {
  const found = key
    .split('.')
    .reduce<Texts | undefined>((at, name) => (typeof at === 'object' ? own(at, name) : undefined), texts);
  return typeof found === 'string' ? found : undefined;
}
