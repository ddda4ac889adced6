import path from 'node:path';
import { functionOf, moduleOf, parseManifest, readManifest } from '../../../../sandbox/forge/manifest';

const app = 'app: { id: ari:cloud:ecosystem::app/1 }';

test("the app's own manifest is understood: modules, functions, entities and egress", () => {
  const manifest = readManifest(path.join(__dirname, '../../../..'));
  expect(moduleOf(manifest, 'segments-panel')).toMatchObject({
    type: 'jira:issuePanel',
    resolver: { function: 'panel-resolver' },
  });
  expect(functionOf(manifest, 'admin-resolver').handler).toBe('index.adminResolver');
  expect(manifest.entities.find(({ name }) => name === 'ledger')?.indexes).toContainEqual({
    name: 'by-reporter',
    partition: ['reporterAccountId'],
    range: ['sequence'],
  });
  expect(manifest.entities.find(({ name }) => name === 'link')?.indexes).toContainEqual({
    name: 'memberId',
    partition: [],
    range: ['memberId'],
  });
  expect(manifest.backendEgress).toEqual(['*.shorterloop.com']);
});

test.each([
  ['no functions', `${app}\nmodules: {}`, 'no function is declared'],
  ['a handler without an export', `${app}\nmodules: { function: [{ key: a, handler: index }] }`, 'file.export'],
  [
    'an attribute of an unknown type',
    `app: { id: a, storage: { entities: [{ name: e, attributes: { x: { type: date } } }] } }\nmodules: { function: [] }`,
    'type',
  ],
  [
    'a schedule that Forge does not have',
    `${app}\nmodules: { function: [], scheduledTrigger: [{ key: a, function: f, interval: minute }] }`,
    'interval',
  ],
])('a manifest with %s is refused with its name and the reason', (_what, text, reason) => {
  expect(() => parseManifest(text, 'my/manifest.yml')).toThrow(reason);
  expect(() => parseManifest(text, 'my/manifest.yml')).toThrow('my/manifest.yml');
});

test('a module or function that the manifest does not have is named', () => {
  const manifest = parseManifest(`${app}\nmodules: { function: [] }`);
  expect(() => moduleOf(manifest, 'nothing')).toThrow('no module nothing');
  expect(() => functionOf(manifest, 'nothing')).toThrow('no function nothing');
});
