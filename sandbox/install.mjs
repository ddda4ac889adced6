// Installs what is missing. Plain Node, because nothing else may be there yet.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const STAMP = path.join(ROOT, 'node_modules', '.installed-from');
/** Held by the process that installs. Outside of node_modules, which an installation takes away first. */
const LOCK = path.join(os.tmpdir(), `segments-install-${createHash('sha256').update(ROOT).digest('hex').slice(0, 16)}`);
const OLDEST_NODE = [20, 19];

/** Installs the locked packages when there are none, or others than the lockfile names. Exits with 1 when it can't. */
export function ensureInstalled() {
  refuseOldNode();
  const wanted = fingerprint();
  if (isInstalled(wanted)) return;
  if (!whileLocked(() => isInstalled(wanted) || install(wanted))) process.exit(1);
}

/**
 * Does something while no other command installs in this folder. Of two that begin at the same time one installs and
 * the other waits: npm would take away what the other has just put there.
 */
export function whileLocked(work) {
  takeLock();
  try {
    return work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

function isInstalled(wanted) {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted;
}

/** Whether npm could install what is locked; what it says when it can't has been shown. */
function install(wanted) {
  console.log('Installing packages …');
  if (!installLocked(ROOT)) {
    console.error(
      'npm ci failed; its message stands above. Check the connection to the package registry and try again.',
    );
    return false;
  }
  writeFileSync(STAMP, wanted);
  return true;
}

/**
 * Installs what a folder's lockfile names, and answers whether npm could; npm shows what it says. Without install
 * scripts: every binary that the project uses comes inside a package.
 */
export function installLocked(folder) {
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  return status === 0;
}

/** Waits while another process installs; one that has died in it holds nothing any more. */
function takeLock() {
  let isTold = false;
  for (;;) {
    try {
      return writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isAbandoned()) {
      rmSync(LOCK, { force: true });
      continue;
    }
    if (!isTold) console.log('Another command is installing packages; waiting for it …');
    isTold = true;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

/** Only where its holder is known to be gone: one that was just given back may already be somebody else's. */
function isAbandoned() {
  try {
    // Created and not written yet is 0, which stands for this process: there is somebody.
    process.kill(Number(readFileSync(LOCK, 'utf8')), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', 'package.json', 'static/package.json'])
    hash.update(readFileSync(path.join(ROOT, file)));
  return hash.digest('hex');
}

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  console.error(`Node ${OLDEST_NODE.join('.')} or newer is needed, this is ${process.versions.node}.`);
  process.exit(1);
}
