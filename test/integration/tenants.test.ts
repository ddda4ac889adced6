import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { createSite, linkedOf, problemOf, valueOf, type Site } from '../support/site';

const SRC = path.join(__dirname, '../../src');
let sites: Site[] = [];
afterEach(async () => {
  for (const site of sites) await site.stop();
  sites = [];
});

async function twoSites() {
  sites = [
    await createSite({ seed: 1, initiativeId: 11, key: 'key-of-the-first' }),
    await createSite({ seed: 2, initiativeId: 22, key: 'key-of-the-second' }),
  ];
  const [first, second] = sites;
  if (first === undefined || second === undefined) throw new Error('Two sites are needed');
  return { first, second };
}

async function moveOf(site: Site) {
  const view = valueOf(await site.panel('panel.open', {}));
  const { member } = linkedOf(view);
  const to = view.segments.find(({ id }) => !member.segmentIds.includes(id))?.id ?? 0;
  return { operationId: randomUUID(), memberId: member.id, fromSegmentId: member.segmentIds[0], toSegmentId: to };
}

describe('two sites in one warm process', () => {
  it('each use their own key and initiative, side by side', async () => {
    const { first, second } = await twoSites();
    const seen = new Map<Site, string[]>(sites.map((site) => [site, []]));
    for (const site of sites) {
      site.platform.intercept((call, _proceed, init) => {
        if (call.kind === 'egress')
          seen.get(site)?.push(`${init.headers['authorization'] ?? ''} ${init.headers['initiativeid'] ?? ''}`);
        return undefined;
      });
    }
    const moves = await Promise.all([moveOf(first), moveOf(second)]);
    await Promise.all(sites.map((site, index) => site.panel('panel.move', moves[index])));
    expect(new Set(seen.get(first))).toEqual(new Set(['Bearer key-of-the-first 11']));
    expect(new Set(seen.get(second))).toEqual(new Set(['Bearer key-of-the-second 22']));
    expect(sites.map((site) => site.simulator.truth.writes().length)).toEqual([1, 1]);
  });

  it("know nothing of each other's links, operations and API clients", async () => {
    const { first, second } = await twoSites();
    const move = await moveOf(first);
    valueOf(await first.panel('panel.move', move));
    const other = await moveOf(second);
    expect(
      problemOf(await second.panel('panel.undo', { operationId: randomUUID(), undoes: move.operationId })),
    ).toEqual({ code: 'undoRefused', reason: 'unknownWrite' });
    expect(
      problemOf(
        await second.panel('panel.move', {
          ...other,
          memberId: move.memberId === other.memberId ? other.memberId + 1 : move.memberId,
        }),
      ),
    ).toEqual({ code: 'stale', reason: 'linkChanged' });
    expect(problemOf(await second.panel('panel.link', { memberId: 987_654_321 }))).toMatchObject({
      code: 'invalidInput',
      field: 'memberId',
    });
    const { id, secret } = valueOf(await first.admin('admin.createApiClient', { name: 'First', acts: ['get'] }));
    const ask = { operationId: randomUUID(), sentAt: new Date().toISOString(), action: 'get', issueKey: 'ACME-101' };
    expect((await first.apiClient({ 'x-segments-key': `${id}.${secret}` }, ask)).statusCode).toBe(200);
    expect((await second.apiClient({ 'x-segments-key': `${id}.${secret}` }, ask)).statusCode).toBe(401);
    expect(second.simulator.truth.writes()).toEqual([]);
  });
});

describe('the code of the app', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

  it.each(files)('keeps nothing between invocations: %s', (name) => {
    expect(moduleState(readFileSync(path.join(SRC, name), 'utf8'))).toEqual([]);
  });

  it.each([
    ['a variable', 'let cached = 1;', ['let cached']],
    ['an old variable', 'var cached = 1;', ['var cached']],
    ['a map', 'const cache = new Map<string, string>();', ['new Map cache']],
    ['a list that grows', 'const seen: string[] = [];', ['[] seen']],
    ['an object that fills', 'export const byKey = {};', ['{} byKey']],
    ['a fixed set', "const KNOWN = new Set(['a', 'b']);", []],
    ['a fixed list', 'const WAITS = [1, 2];', []],
    ['a variable inside a function', 'function f() { let n = 0; return n; }', []],
  ])('is checked for %s', (_what, source, found) => {
    expect(moduleState(source)).toEqual(found);
  });
});

/** What a module could keep from one invocation to the next, possibly of another site. */
function moduleState(source: string): string[] {
  const found: string[] = [];
  for (const statement of ts.createSourceFile('module.ts', source, ts.ScriptTarget.Latest, true).statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const { flags, declarations } = statement.declarationList;
    for (const { name, initializer } of declarations) {
      const called = name.getText();
      if ((flags & ts.NodeFlags.Const) === 0)
        found.push(`${(flags & ts.NodeFlags.Let) === 0 ? 'var' : 'let'} ${called}`);
      else if (
        initializer !== undefined &&
        ts.isNewExpression(initializer) &&
        (initializer.arguments?.length ?? 0) === 0
      )
        found.push(`new ${initializer.expression.getText()} ${called}`);
      else if (
        initializer !== undefined &&
        ts.isArrayLiteralExpression(initializer) &&
        initializer.elements.length === 0
      )
        found.push(`[] ${called}`);
      else if (
        initializer !== undefined &&
        ts.isObjectLiteralExpression(initializer) &&
        initializer.properties.length === 0
      )
        found.push(`{} ${called}`);
    }
  }
  return found;
}
