import { problemsOf, type EntryPoints } from '../../checks/entryPoints';
import { exportsOf, keysPassedTo, namesInvoked, propertiesOf, readEntryPoints } from '../../checks/readEntryPoints';
import path from 'node:path';

const sound = (overrides: Partial<EntryPoints> = {}): EntryPoints => ({
  functions: [{ key: 'panel-resolver', handler: 'index.panelResolver' }],
  usedFunctions: [{ module: 'segments-panel', functionKey: 'panel-resolver' }],
  exports: ['panelResolver'],
  invokes: [{ entryPoint: 'panel', contract: ['panel.open'], resolver: ['panel.open'], page: ['panel.open'] }],
  ...overrides,
});
const invokes = (overrides: Partial<EntryPoints['invokes'][number]>): Partial<EntryPoints> => ({
  invokes: [
    { entryPoint: 'panel', contract: ['panel.open'], resolver: ['panel.open'], page: ['panel.open'], ...overrides },
  ],
});

describe('the check of manifest.yml against the code', () => {
  it('finds nothing where both sides agree', () => {
    expect(problemsOf(sound())).toEqual([]);
  });

  it.each([
    [
      'a handler without code',
      sound({ exports: [] }),
      'function panel-resolver: src/index.ts has no export for the handler index.panelResolver',
    ],
    [
      'a handler in another file than src/index.ts',
      sound({ functions: [{ key: 'panel-resolver', handler: 'other.panelResolver' }], exports: [] }),
      'function panel-resolver: src/index.ts has no export for the handler other.panelResolver',
    ],
    [
      'code without a handler',
      sound({ exports: ['panelResolver', 'old'] }),
      'src/index.ts exports old, which manifest.yml does not name',
    ],
    ['a function that no module uses', sound({ usedFunctions: [] }), 'function panel-resolver is used by no module'],
    [
      'a module that names an unknown function',
      sound({ usedFunctions: [...sound().usedFunctions, { module: 'board', functionKey: 'board-resolver' }] }),
      'module board names the function board-resolver, which manifest.yml does not have',
    ],
    [
      'a contract without a definition',
      sound(invokes({ resolver: [] })),
      'panel: the contract has panel.open, the resolver does not define it',
    ],
    [
      'a definition without a contract',
      sound(invokes({ resolver: ['panel.open', 'panel.old'] })),
      'panel: the resolver defines panel.old, the contract does not have it',
    ],
    [
      'an unknown invoke()',
      sound(invokes({ page: ['panel.open', 'panel.opne'] })),
      'panel: the page invokes panel.opne, the contract does not have it',
    ],
    ['a contract that no page uses', sound(invokes({ page: [] })), 'panel: no page invokes panel.open'],
  ])('names %s', (_what, entryPoints, sentence) => {
    expect(problemsOf(entryPoints)).toEqual([sentence]);
  });
});

describe('reading the code', () => {
  it('reads the exports of a file', () => {
    expect(exportsOf("export { a } from './a'; export { b as c } from './b';")).toEqual(['a', 'c']);
  });

  it('reads the property names of a type and the keys of an object', () => {
    expect(
      propertiesOf(
        "type Definitions = { 'x.open': () => void; 'x.close': () => void }; type Other = { 'x.no': 1 };",
        /^Definitions$/,
      ),
    ).toEqual(['x.open', 'x.close']);
    expect(keysPassedTo("makeResolver<D>({ 'x.open': open }); other({ 'x.no': 1 });", 'makeResolver')).toEqual([
      'x.open',
    ]);
  });

  it("reads a page's invoke() names and no other text", () => {
    expect(
      namesInvoked("ask(invoke('panel.open')); invoke('panel.open'); t('panel.link'); invoke('admin.load');", 'panel'),
    ).toEqual(['panel.open']);
  });

  it('finds something to compare on every entry point of this project', () => {
    const entryPoints = readEntryPoints(path.join(__dirname, '../../..'));
    expect(entryPoints.functions.length).toBeGreaterThan(0);
    for (const { contract, resolver, page } of entryPoints.invokes) {
      expect(contract.length).toBeGreaterThan(0);
      expect(resolver).toHaveLength(contract.length);
      expect(page).toHaveLength(contract.length);
    }
  });
});
