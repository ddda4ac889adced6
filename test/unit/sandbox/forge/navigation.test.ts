import { pathOfLocation } from '../../../../sandbox/forge/browser/navigation';

const PATHS = new Map([['page', '/apps/page']]);
const hooks = {
  urlOf: (location: object) => ('moduleKey' in location ? (PATHS.get(String(location.moduleKey)) ?? null) : null),
};

describe('a location that an app names', () => {
  it.each([
    [{ target: 'issue', issueKey: 'ACME-1' }, '/browse/ACME-1'],
    [{ target: 'module', moduleKey: 'page' }, '/apps/page'],
    [{ target: 'module', moduleKey: 'page', path: '/runs/1' }, '/apps/page/runs/1'],
    [{ target: 'module', moduleKey: 'page', path: 'runs/1' }, '/apps/page/runs/1'],
  ])('%j is at %s', (location, path) => {
    expect(pathOfLocation(hooks, location)).toBe(path);
  });

  it.each([
    [
      'a module without a page',
      { target: 'module', moduleKey: 'other', path: '/runs/1' },
      'no page for the target module other',
    ],
    ['a target that is not modelled', { target: 'dashboard', dashboardId: '1' }, 'no page for the target dashboard'],
    [
      'a path within an issue',
      { target: 'issue', issueKey: 'ACME-1', path: '/x' },
      'does not model a path within the target issue',
    ],
    [
      'a path that is no text',
      { target: 'module', moduleKey: 'page', path: 1 },
      'does not model a path within the target module',
    ],
    ['nothing', undefined, 'no page for the target undefined'],
  ])('fails loudly for %s', (_what, location, message) => {
    expect(() => pathOfLocation(hooks, location)).toThrow(message);
  });
});
