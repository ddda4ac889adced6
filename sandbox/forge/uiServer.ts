import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { contentSecurityPolicy } from './csp';
import { closeServer, createSafeServer, listen, sendJson, sendText } from './httpServer';
import { localeFileOf } from './locales';
import type { Manifest } from './manifest';
import { themeCss } from './theme';
import { own } from './own';

/** The app's own origin. */
export type UiServer = { readonly origin: string; readonly close: () => Promise<void> };

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};

/**
 * A name that Vite makes of a file's content: under it nothing else is ever served, so that a browser may keep it. How
 * long Forge lets one keep it is not known, and nothing here depends on it.
 */
const HASHED = /\/assets\/[^/]+-[\w-]{8}\.\w+$/;

/** For what stays the same under its name. */
const KEPT = 'max-age=31536000, immutable';

/**
 * Serves the manifest's resources at `/<resource key>/…`, each page with the bridge before the app's
 * own scripts and under Forge's Content-Security-Policy.
 */
export async function serveUi(options: {
  readonly manifest: Manifest;
  readonly appDir: string;
  readonly bridgeScript: string;
  readonly productOrigins: () => readonly string[];
  /** @see ForgeHostOptions */
  readonly uiScripts: Readonly<Record<string, string>>;
}): Promise<UiServer> {
  const { manifest, appDir, bridgeScript, productOrigins, uiScripts } = options;
  const css = themeCss();
  const servePage = async (file: string, response: ServerResponse): Promise<void> => {
    const html = await readFile(file, 'utf8');
    // `defer` would be too late: @forge/bridge looks for the bridge while it is loaded.
    const page = html.replace(/<head[^>]*>/i, '$&<script src="/__forge/bridge.js"></script>');
    if (page === html) throw new Error(`${file} has no <head> to put the bridge in`);
    response.setHeader('content-security-policy', contentSecurityPolicy(html, manifest, productOrigins()));
    sendText(response, 200, 'text/html; charset=utf-8', page);
  };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://ui.invalid');
    if (pathname === '/__forge/bridge.js') {
      const origins = `globalThis.__forgeProductOrigins = ${JSON.stringify(productOrigins())};\n`;
      return sendText(response, 200, 'text/javascript; charset=utf-8', origins + bridgeScript);
    }
    if (pathname === '/__forge/theme.css') return sendText(response, 200, 'text/css; charset=utf-8', css);
    const script = own(uiScripts, pathname);
    if (script !== undefined) return sendFile(response, '.js', KEPT, script);
    const locales = localeFileOf(manifest, appDir, pathname);
    if (locales !== null) return sendJson(response, 200, locales);
    const file = fileOf(manifest, appDir, pathname);
    if (file === null) return sendText(response, 404, 'text/plain', 'Not found');
    if (file.endsWith('.html')) return servePage(file, response);
    sendFile(response, path.extname(file), HASHED.test(pathname) ? KEPT : 'no-store', await readFile(file));
  };
  const server = createSafeServer((request, response) =>
    serve(request, response).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
      sendText(response, 404, 'text/plain', 'Not found');
    }),
  );
  const port = await listen(server, 0);
  return { origin: `http://127.0.0.1:${port}`, close: () => closeServer(server) };
}

function sendFile(response: ServerResponse, ending: string, caching: string, content: string | Buffer): void {
  const type = own(TYPES, ending) ?? 'application/octet-stream';
  response.writeHead(200, { 'content-type': type, 'cache-control': caching });
  response.end(content);
}

function isMissing(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR';
}

/** The file behind a path within its resource's folder, null when the path leaves it or names no resource. */
function fileOf(manifest: Manifest, appDir: string, pathname: string): string | null {
  const [, key = '', ...rest] = decodedPath(pathname).split('/');
  const resource = manifest.resources.find((declared) => declared.key === key);
  if (resource === undefined) return null;
  const root = path.resolve(appDir, resource.path);
  const inside = rest.join('/');
  const file = path.join(root, inside === '' ? 'index.html' : inside);
  return file.startsWith(root + path.sep) ? file : null;
}

/** A path with its escapes read; one that holds none that mean something, or a zero byte, is no file's. */
function decodedPath(pathname: string): string {
  try {
    const decoded = decodeURIComponent(pathname);
    return decoded.includes('\0') ? '' : decoded;
  } catch {
    return '';
  }
}
