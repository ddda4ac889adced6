import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { forbiddenIn, proseOf, readOf } from './words';

const ROOT = path.join(__dirname, '../../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

/** Pages that name what is not to be said: the glossary, and what the rules of Forge print, in Forge's own words. */
const OTHERS = ['docs/glossary.md', 'docs/platform.md'];
/** Pages for those who read the code, where Jira's REST API and its types say `issue`. */
const ABOUT_CODE = ['docs/architecture.md', 'docs/conformance.md'];
const PAGES = ['README.md', ...readdirSync(path.join(ROOT, 'docs')).map((name) => `docs/${name}`)].filter(
  (file) => file.endsWith('.md') && !OTHERS.includes(file),
);

type Texts = { readonly [name: string]: string | Texts };
const textsOf = (texts: Texts, under = ''): { readonly key: string; readonly text: string }[] =>
  Object.entries(texts).flatMap(([name, text]) =>
    typeof text === 'string' ? [{ key: under + name, text }] : textsOf(text, `${under}${name}.`),
  );

describe('the words of the project', () => {
  it.each(PAGES)('are the ones that %s uses', (file) => {
    const found = forbiddenIn(proseOf(read(file)));
    expect(found.filter(({ instead }) => instead !== 'work item' || !ABOUT_CODE.includes(file))).toEqual([]);
  });

  it('are the ones that stand on the screen', () => {
    const texts = textsOf(JSON.parse(read('static/locales/en-US.json')) as Texts);
    expect(texts.length).toBeGreaterThan(500);
    expect(
      texts.flatMap(({ key, text }) => forbiddenIn(readOf(text)).map(({ said, instead }) => ({ key, said, instead }))),
    ).toEqual([]);
  });
});

describe('the check of words', () => {
  it.each([
    ['Their e-mail address', 'e-mail', 'email'],
    ['The reporter of an issue', 'issue', 'work item'],
    ['Issues of the project', 'Issues', 'work item'],
    ['A caller from outside', 'caller', 'API client'],
    ['Every door takes the same steps', 'door', 'entry point'],
    ['The hook is answered', 'hook', 'API client, web request'],
    ['It is kept as a waiting change', 'waiting change', 'queued change'],
    ['Changes that were given up', 'given up', 'failed'],
    ['Choose somebody made up', 'somebody made up', 'a test person'],
    ['Someone else is just changing them', 'just changing', 'updating'],
  ])('fails for “%s”, and says what is right', (text, said, instead) => {
    expect(forbiddenIn(`Right.\n${text}.`)).toEqual([expect.objectContaining({ line: 2, said, instead })]);
  });

  it('takes the names that Jira gave', () => {
    expect(forbiddenIn('Who holds Edit issues, whatever the Issue security, in the issue navigator.')).toEqual([]);
  });

  it('reads the prose of a page and nothing else, and counts its lines', () => {
    const page =
      '# `issue.key`\n```sh hook\nthe door\n```\n[Shown](jira-issue-panel), `test/a.ts`: “a door”\nAn issue.\n';
    expect(forbiddenIn(proseOf(page))).toEqual([expect.objectContaining({ line: 6, said: 'issue' })]);
  });

  it('reads what a text says, not the names of its places', () => {
    expect(readOf("'{{issue.key}}' of {caller}: {issues, plural, one {# issue} other {# issues}}")).toBe(
      ' of {}: {, plural, one {# issue} other {# issues}}',
    );
  });
});
