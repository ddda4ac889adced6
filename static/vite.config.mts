import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { mkdirSync, writeFileSync } from 'node:fs';
import { defineConfig, type Alias, type Plugin } from 'vite';

const PAGES = ['panel', 'admin', 'action', 'board', 'bulk', 'confirm'];

/**
 * Atlaskit asks a feature-flag service that calls hosts outside the site and weighs 290 KB of source.
 * A panel must do neither, so every flag is answered locally with its default.
 */
const FEATURE_FLAGS: Alias = {
  find: /^@atlaskit\/(platform-feature-flags|feature-gate-js-client)(\/.*)?$/,
  replacement: here('src/shared/featureFlags.ts'),
};

/** The bridge loads it only to draw ADF documents, which no page here does; it would double the bridge's weight. */
const IFRAME_RESIZER: Alias = { find: /^iframe-resizer$/, replacement: here('src/shared/noIframeResizer.ts') };

/** What pages and functions share. */
const CONTRACT: Alias = { find: /^@contract(?=$|\/)/, replacement: here('../src/contract') };

/**
 * Notes beside the pages, where no resource of the app is, what each chunk of a page is made of: how many bytes of which
 * package, or of which folder of the pages' own. test/checks/pageWeight.ts names them where a page has become too heavy.
 */
function parts(page: string): Plugin {
  return {
    name: 'parts',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).flatMap((output) => {
        if (output.type !== 'chunk') return [];
        const sizes: Record<string, number> = {};
        for (const [id, { renderedLength }] of Object.entries(output.modules))
          sizes[partOf(id)] = (sizes[partOf(id)] ?? 0) + renderedLength;
        return [[output.fileName, sizes] as const];
      });
      mkdirSync(here('dist/parts'), { recursive: true });
      writeFileSync(here(`dist/parts/${page}.json`), JSON.stringify(Object.fromEntries(chunks)));
    },
  };
}

/** The package that a module is of, or its folder. */
function partOf(id: string): string {
  const path = id.replaceAll('\\', '/');
  const inPackage = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
  return inPackage ?? /\/((?:static\/src|static\/locales|src)\/[^/?]+)/.exec(path)?.[1] ?? 'other';
}

/** One self-contained folder per page: `vite build --mode panel` writes dist/panel. */
export default defineConfig(({ mode }) => {
  if (!PAGES.includes(mode)) throw new Error(`Say which page with --mode: ${PAGES.join(' or ')}.`);
  return {
    root: here(`src/${mode}`),
    // Forge serves a resource under a prefix that is not known at build time.
    base: './',
    plugins: [react(), parts(mode)],
    resolve: { alias: [FEATURE_FLAGS, IFRAME_RESIZER, CONTRACT] },
    build: {
      outDir: here(`dist/${mode}`),
      emptyOutDir: true,
      target: 'es2022',
      // The page's CSP allows no inline styles, scripts or data: documents.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  };
});

function here(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
