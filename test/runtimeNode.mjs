// The Node on which tests run: the major version that manifest.yml names as the runtime of the functions. The binary
// comes inside a package of the registry (test/runtime, with its own lockfile), because a machine has one Node and it
// may be another. Not among the project's packages: npm would put it before the machine's for every script.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { installLocked, ROOT, whileLocked } from '../sandbox/install.mjs';

const MAJOR = Number(/nodejs(\d+)\.x/.exec(readFileSync(path.join(ROOT, 'manifest.yml'), 'utf8'))?.[1]);
const FOLDER = path.join(ROOT, 'test', 'runtime');

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
  const { packages } = readJson('package-lock.json');
  const [place, locked] =
    Object.entries(packages).find(([, { os, cpu }]) => os === process.platform && cpu === process.arch) ?? [];
  if (place === undefined) throw new Error(`No package has Node ${MAJOR} for ${process.platform}-${process.arch}.`);
  const isThere = () =>
    existsSync(path.join(FOLDER, place)) && readJson(path.join(place, 'package.json')).version === locked.version;
  if (!isThere()) whileLocked(() => isThere() || install(locked.version));
  // npm succeeds without a package that is optional, and all of these are: each fits one platform.
  if (!isThere()) throw new Error(`npm could not fetch ${path.basename(place)}@${locked.version}.`);
  return path.join(FOLDER, place, locked.bin.node);
}

function readJson(file) {
  return JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8'));
}

function install(version) {
  console.log(`Installing Node ${version}, the runtime's …`);
  installLocked(FOLDER);
}
