import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import { readManifest, type Manifest } from './manifest';

/** Files of the app by their whole paths, each with the one that is taken instead: for what compares the two. */
export type ReplacedFiles = Readonly<Record<string, string>>;

/** What is made of an app before it runs. */
export type AppBundle = {
  /** The folder of the functions, each file with its source map beside it. */
  readonly dir: string;
  /** The script of the function process. */
  readonly runner: string;
  /** What stands before an app's page. */
  readonly bridgeScript: string;
  /** What stands in the product's page. */
  readonly productScript: string;
  readonly remove: () => void;
};

/**
 * Makes all of an app that its host runs; hosts may share it. Throws when a handler's file is missing or does not
 * compile.
 */
export async function bundleApp(appDir: string, replaced?: ReplacedFiles): Promise<AppBundle> {
  const dir = mkdtempSync(path.join(tmpdir(), 'forge-sandbox-'));
  const [{ runner }, bridgeScript, productScript] = await Promise.all([
    bundleFunctions(readManifest(appDir), appDir, dir, replaced),
    bundleBrowserScript('bridge'),
    bundleBrowserScript('product'),
  ]);
  return { dir, runner, bridgeScript, productScript, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/**
 * Bundles what the function process runs: each file that a handler names (from `src/`), as CommonJS
 * like Forge's own bundler, and the process's runner. Throws when a handler's file is missing or
 * does not compile.
 */
async function bundleFunctions(
  manifest: Manifest,
  appDir: string,
  outDir: string,
  replaced: ReplacedFiles = {},
): Promise<{ readonly runner: string }> {
  const files = new Set(manifest.functions.map(({ handler }) => handler.split('.')[0] ?? handler));
  const entryPoints = Object.fromEntries([...files].map((file) => [file, sourceOf(appDir, file)]));
  const options = {
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    outdir: outDir,
    outExtension: { '.js': '.cjs' },
    // Beside the files, and read only where something failed: to read them takes longer than to load the app.
    sourcemap: 'external',
    logLevel: 'error',
  } as const;
  await Promise.all([
    build({ ...options, entryPoints, plugins: [replacing(replaced)] }),
    build({ ...options, entryPoints: { '.runner': path.join(__dirname, 'runner.ts') } }),
  ]);
  return { runner: path.join(outDir, '.runner.cjs') };
}

function replacing(replaced: ReplacedFiles): Plugin {
  return {
    name: 'replaced-files',
    setup(setup) {
      setup.onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
        const other = replaced[file];
        return other === undefined ? null : { contents: `export * from ${JSON.stringify(other)};`, loader: 'ts' };
      });
    },
  };
}

function sourceOf(appDir: string, file: string): string {
  const candidates = ['ts', 'tsx', 'js'].map((extension) => path.join(appDir, 'src', `${file}.${extension}`));
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found === undefined)
    throw new Error(`manifest.yml names the handler file ${file}, but ${candidates[0] ?? file} does not exist`);
  return found;
}

/** Bundles a browser script of the host to text. */
async function bundleBrowserScript(name: 'bridge' | 'product'): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(__dirname, 'browser', `${name}.ts`)],
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    write: false,
    logLevel: 'error',
    tsconfig: path.join(__dirname, 'browser', 'tsconfig.json'),
  });
  const [script] = outputFiles;
  if (script === undefined) throw new Error(`The browser script ${name} was not built`);
  return script.text;
}
