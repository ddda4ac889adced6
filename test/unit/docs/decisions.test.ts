import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../../..');
const FOLDER = path.join(ROOT, 'docs/adr');
const read = (file: string): string => readFileSync(file, 'utf8');
const decisions = readdirSync(FOLDER).filter((name) => /^\d{4}-.+\.md$/.test(name));

/** The tests that a decision rests on, by file and title. */
function testsIn(markdown: string): { file: string; title: string }[] {
  return [...markdown.matchAll(/^- `(test\/[^`]+)`: “([^”]+)”/gm)].map(([, file = '', title = '']) => ({ file, title }));
}

describe('docs/adr/README.md', () => {
  it('is the index of every decision, in their order', () => {
    const linked = [...read(path.join(FOLDER, 'README.md')).matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target);
    expect(linked).toEqual(decisions);
  });
});

describe.each(decisions)('docs/adr/%s', (name) => {
  const text = read(path.join(FOLDER, name));

  it('has a context, a decision, consequences and evidence', () => {
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual([
      'Context',
      'Decision',
      'Consequences',
      'Evidence',
    ]);
  });

  it('rests on tests that exist', () => {
    const tests = testsIn(text);
    expect(tests.length).toBeGreaterThan(0);
    expect(tests.filter(({ file, title }) => !read(path.join(ROOT, file)).includes(title))).toEqual([]);
  });

  it('names only rules of the platform and pages that are there', () => {
    const platform = read(path.join(ROOT, 'docs/platform.md'));
    const rules = [...text.matchAll(/`((?:storage|queue|functions|triggers)\.\w+)`/g)].map(([, rule = '']) => rule);
    expect(rules.filter((rule) => !platform.includes(`| \`${rule}\` |`))).toEqual([]);
    const pages = [...text.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, target = '']) => path.join(FOLDER, target));
    expect(pages.filter((page) => !existsSync(page))).toEqual([]);
  });
});
