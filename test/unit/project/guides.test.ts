import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { labelsOf, stepsOf } from '../../support/guide';

const ROOT = path.join(__dirname, '../../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const GUIDES = ['docs/admin.md', 'docs/user-guide.md'];

type Texts = { readonly [name: string]: string | Texts };
const textsOf = (texts: Texts): string[] =>
  Object.values(texts).flatMap((text) => (typeof text === 'string' ? [text] : textsOf(text)));
const onScreen = new Set(textsOf(JSON.parse(read('static/locales/en-US.json')) as Texts));

describe.each(GUIDES)('%s', (snapshot) => {
  it('names on the screen only what stands there', () => {
    const labels = labelsOf(read(snapshot)).filter((label) => label !== 'bold');
    expect(labels.length).toBeGreaterThan(5);
    expect(labels.filter((label) => !onScreen.has(label))).toEqual([]);
  });

  it('shows only pictures that are there, and links only to files that are there', () => {
    const targets = [...read(snapshot).matchAll(/\]\(([^)#]+)\)/g)].map(([, target = '']) =>
      path.join(ROOT, 'docs', target),
    );
    expect(targets.length).toBeGreaterThan(0);
    expect(targets.filter((target) => !existsSync(target))).toEqual([]);
  });

  it('is linked from README', () => {
    expect(read('README.md')).toContain(`](${snapshot})`);
  });
});

describe('the steps of a guide', () => {
  it('are read as what they tell to do, in their order', () => {
    const [step] = stepsOf(
      '\n## Do it\n\n1. Open *a place*, enter `x` in **Field**, then choose `y` in **List**, press **Go**. See that **All is well.**\n\n## Later\n1. Press **No**',
      'Do it',
    );
    expect(step?.actions).toEqual([
      { verb: 'open', place: 'a place' },
      { verb: 'enter', value: 'x', label: 'Field' },
      { verb: 'choose', value: 'y', label: 'List' },
      { verb: 'press', label: 'Go' },
      { verb: 'see', label: 'All is well.' },
    ]);
  });
});

describe('docs/security.md', () => {
  const claims = [...read('docs/security.md').matchAll(/^\| ([^|]+) \| `(test\/[^`]+)`: “([^”]+)” \|$/gm)].map(
    ([, claim = '', file = '', title = '']) => ({ claim, file, title }),
  );

  it('names a test for every row of its tables', () => {
    const rows = read('docs/security.md')
      .split('\n')
      .filter((line) => /^\| [^|]+ \| [^|]+ \|$/.test(line) && !/^\| (---|claim) /.test(line));
    expect(claims.length).toBeGreaterThan(20);
    expect(rows).toHaveLength(claims.length);
  });

  it.each(claims)('rests on a test that exists: $claim', ({ file, title }) => {
    expect(read(file)).toContain(title);
  });
});
