import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { dynamicPropertiesFault, issueContextFault } from '../../../../sandbox/forge/issueContext';
import { parseManifest } from '../../../../sandbox/forge/manifest';
import { ISSUE_CONTEXT } from '../../../../sandbox/forge/rules/modules';

const NAMED = { functions: ['resolver', 'status'], resources: ['main'] };
const CONTEXT = {
  key: 'hello-world',
  resource: 'main',
  resolver: { function: 'resolver' },
  title: { i18n: 'title' },
  label: 'Hello',
  dynamicProperties: { function: 'status' },
};

const manifestText = readFileSync(path.join(__dirname, '../../../../manifest.yml'), 'utf8');
const manifestSchema = z.looseObject({
  modules: z.looseObject({ 'jira:issueContext': z.array(z.record(z.string(), z.unknown())) }),
});
/** The app's own manifest with its issue context changed. */
const manifestWith = (changed: object): string => {
  const manifest = manifestSchema.parse(parse(manifestText));
  const [context] = manifest.modules['jira:issueContext'];
  return stringify({
    ...manifest,
    modules: { ...manifest.modules, 'jira:issueContext': [{ ...context, ...changed }] },
  });
};

test('an issue context as the page describes it has no fault, with everything that it may have', () => {
  expect(issueContextFault(CONTEXT, NAMED)).toBeNull();
  const all = {
    ...CONTEXT,
    resolver: { endpoint: 'remote' },
    icon: 'https://example.com/icon.svg',
    status: { type: 'lozenge', value: { label: 'New', type: 'new' } },
    displayConditions: { isAdmin: true },
    render: 'native',
  };
  expect(issueContextFault(all, NAMED)).toBeNull();
  const { required, fields } = ISSUE_CONTEXT;
  expect(Object.keys(all).sort()).toEqual([...required.value, ...fields.value].sort());
});

test.each([
  ['no title', { title: undefined }, /title/],
  ['no label', { label: undefined }, /label/],
  ['an empty label', { label: '' }, /label/],
  ['a title that is no text', { title: { key: 'a' } }, /title/],
  ['no resource', { resource: undefined }, /resource/],
  ['a resource that there is not', { resource: 'other' }, /no resource other/],
  ['a key with a blank', { key: 'hello world' }, /key/],
  ['an icon of the app’s own', { icon: 'resource:main;icon.svg' }, /absolute URL/],
  ['an icon by a path', { icon: '/icon.svg' }, /absolute URL/],
  ['a resolver that there is not', { resolver: { function: 'other' } }, /no function other/],
  ['dynamic properties of a function that there is not', { dynamicProperties: { function: 'x' } }, /no function x/],
  ['dynamic properties without a function', { dynamicProperties: {} }, /dynamicProperties/],
  ['a badge with a word', { status: { type: 'badge', value: { label: 'many' } } }, /number, as a text/],
  ['a status of no kind', { status: { type: 'flag', value: { label: '1' } } }, /type/],
  ['a lozenge of no look', { status: { type: 'lozenge', value: { label: 'a', type: 'red' } } }, /type/],
  ['what no issue context has', { viewportSize: 'large' }, /viewportSize/],
])('an issue context with %s is refused, and so is the manifest that has it', (_what, changed, reason) => {
  expect(issueContextFault({ ...CONTEXT, ...changed }, NAMED)).toMatch(reason);
  expect(() => parseManifest(manifestWith(changed))).toThrow('jira:issueContext');
});

test("the app's own issue context has no fault", () => {
  expect(() => parseManifest(manifestWith({}))).not.toThrow();
});

test.each([
  [{ status: { type: 'badge', value: { label: '3' } } }, null],
  [{ status: { type: 'lozenge', value: { label: '?', type: 'default' } } }, null],
  [{ status: { type: 'badge', value: { label: '?' } } }, /number, as a text/],
  [{ status: { type: 'lozenge', value: {} } }, /label/],
  [{}, /status/],
  [undefined, /expected object/],
  [{ status: { type: 'badge', value: { label: '3' } }, title: 'x' }, /title/],
])('what dynamicProperties answers is judged: %j', (answer, reason) => {
  const fault = dynamicPropertiesFault(answer);
  if (reason === null) expect(fault).toBeNull();
  else expect(fault).toMatch(reason);
});
