import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '..');
const PAGES = ['static/dist/panel/index.html', 'static/dist/admin/index.html'];
/** What the pages are built from. */
const SOURCES = [
  'static/src',
  'static/locales',
  'static/package.json',
  'static/vite.config.mts',
  'src/contract',
  'package-lock.json',
];

/** Builds the app's pages when they are missing or older than what they are built from. Throws when the build fails. */
export async function buildStaticIfStale(): Promise<void> {
  const built = PAGES.map((page) => path.join(ROOT, page));
  const isBuilt = built.every((page) => existsSync(page));
  if (
    isBuilt &&
    Math.min(...built.map(changedMs)) >= Math.max(...SOURCES.map((source) => newestMs(path.join(ROOT, source))))
  )
    return;
  // Standard output stays free for the one line that says where the sandbox is.
  const build = spawn('npm', ['run', '--silent', 'build:static'], { cwd: ROOT, stdio: ['ignore', 2, 2] });
  const code = await new Promise<number | null>((resolve) => build.once('exit', resolve));
  if (code !== 0) throw new Error(`The pages could not be built (npm run build:static ended with ${String(code)})`);
}

function changedMs(file: string): number {
  return statSync(file).mtimeMs;
}

function newestMs(file: string): number {
  if (!existsSync(file)) return 0;
  if (!statSync(file).isDirectory()) return changedMs(file);
  return Math.max(
    0,
    ...readdirSync(file, { recursive: true, encoding: 'utf8' }).map((name) => changedMs(path.join(file, name))),
  );
}
