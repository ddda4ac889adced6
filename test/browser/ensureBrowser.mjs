// Finds a browser for the tests, or installs one.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * Debian's Chromium without the parts of a desktop browser: the same engine, which Playwright too takes for tests
 * without a window. It takes 42 % less processor time than /usr/bin/chromium (docs/benchmarks.md).
 */
const DEBIAN_SHELL = '/usr/bin/chromium-headless-shell';
const KNOWN = [
  DEBIAN_SHELL,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const FONTS = ['fonts-liberation', 'fonts-noto-core', 'fonts-noto-cjk'];

/** The path of a Chrome or Chromium: CHROME_PATH, Debian's for who may install it, one that is there, or Playwright's own. Throws when there is none to be had. */
export function ensureBrowser() {
  return named() ?? debian() ?? existing() ?? downloaded();
}

function named() {
  const path = process.env.CHROME_PATH;
  if (path === undefined || path === '') return null;
  if (!existsSync(path))
    throw new Error(
      `CHROME_PATH names ${path}, where there is no file. Correct it, or unset it to have a browser installed.`,
    );
  return path;
}

function existing() {
  return KNOWN.find((path) => existsSync(path)) ?? null;
}

/** On Debian, as root: the browser and its fonts, installed where they are missing. Null where there is no Debian. */
function debian() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return null;
  if (existsSync(DEBIAN_SHELL)) return DEBIAN_SHELL;
  console.log("Installing Debian's chromium …");
  run('apt-get', ['update', '-qq']);
  const install = ['install', '-y', '-qq', '--no-install-recommends'];
  run('apt-get', [...install, 'chromium-headless-shell', ...FONTS]);
  // Older releases have only the whole browser.
  if (existing() === null) run('apt-get', [...install, 'chromium', ...FONTS]);
  return existing();
}

function downloaded() {
  console.log("Downloading Playwright's chromium …");
  run(process.execPath, [createRequire(import.meta.url).resolve('@playwright/test/cli'), 'install', 'chromium']);
  const { chromium } = createRequire(import.meta.url)('@playwright/test');
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  throw new Error(
    'No browser was found and none could be installed. Install Chrome or Chromium, or name one in CHROME_PATH.',
  );
}

function run(command, args) {
  spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
