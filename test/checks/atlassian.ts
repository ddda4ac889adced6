import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Bundler, BundlerOutput } from '@forge/bundler';
import Ajv from 'ajv';
import type ts from 'typescript';
import { z } from 'zod';
import { compiledSources, typeFindings } from './sourceTypes';

/** A problem that one of Atlassian's own checks found. */
export type Finding = string;

/** What Atlassian's feature-flag service answers when it can be reached. */
const DEPRECATED_RUNTIMES = ['nodejs18.x', 'nodejs20.x'];

const quiet = {
  info: () => undefined,
  warn: () => undefined,
  debug: () => undefined,
  error: () => undefined,
  trace: () => undefined,
  traceEnabled: false,
  debugEnabled: false,
};

/**
 * Puts files in place of what Atlassian's packages would download: six API descriptions and the
 * runtime's wrapper. Any other use of the network fails the check.
 * @returns the folder of the wrapper, and how to clean up
 */
function stayOffline(operations: string): { readonly wrapperDir: string; readonly done: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'manifest-check-'));
  const empty = path.join(folder, 'empty.json');
  writeFileSync(empty, '{"paths":{}}');
  Object.assign(process.env, { USE_LOCAL_SWAGGER: 'true', LOCAL_JIRA_SWAGGER: operations });
  for (const name of ['JSM', 'JSW', 'CONF', 'CONF_V2', 'BB']) process.env[`LOCAL_${name}_SWAGGER`] = empty;
  globalThis.fetch = (input) =>
    Promise.reject(
      new Error(`The manifest check used the network: ${input instanceof Request ? input.url : input.toString()}`),
    );
  const wrapperDir = path.join(folder, 'runtime');
  mkdirSync(path.join(wrapperDir, 'dist'), { recursive: true });
  for (const file of ['wrapper.js', 'loader.js'])
    writeFileSync(path.join(wrapperDir, 'dist', file), '// not needed to bundle\n');
  return { wrapperDir, done: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * Runs Atlassian's own manifest validation, client-side lint and function bundling on the app in the
 * current folder, as `forge deploy` would before it sends anything, without login and network.
 * @param operations a JSON file with the REST operations that the app calls and their scopes
 * @param allowed parts of findings that are known and meant, each with its reason beside it
 */
export async function atlassianFindings(operations: string, allowed: readonly string[]): Promise<Finding[]> {
  const { wrapperDir, done } = stayOffline(operations);
  try {
    compileSchemasOnce();
    const program = compiledSources(path.resolve('tsconfig.json'));
    // Loaded only now: the packages read the environment when they load.
    const findings = [
      ...(await validateManifest()),
      ...(await lintSources(program)),
      ...typeFindings(program),
      ...(await bundleFunctions(wrapperDir)),
    ];
    const unmeant = findings.filter((finding) => !allowed.some((part) => finding.includes(part)));
    const unused = allowed.filter((part) => !findings.some((finding) => finding.includes(part)));
    return [...unmeant, ...unused.map((part) => `allowed finding never occurs, take it off the list: ${part}`)];
  } finally {
    done();
  }
}

/** Five of Atlassian's validations compile the same schema of a manifest, each for itself: seconds each time. */
function compileSchemasOnce(): void {
  const compile: unknown = Reflect.get(Ajv.prototype, 'compile');
  if (typeof compile !== 'function') throw new Error('ajv has changed: look how schemas are compiled');
  const compiled = new Map<unknown, unknown>();
  Object.assign(Ajv.prototype, {
    compile(this: Ajv, schema: unknown): unknown {
      if (!compiled.has(schema)) compiled.set(schema, Reflect.apply(compile, this, [schema]));
      return compiled.get(schema);
    },
  });
}

async function validateManifest(): Promise<Finding[]> {
  const { ProcessorBuilder, ValidationTypes } = await import('@forge/manifest');
  const processor = ProcessorBuilder.instance()
    .withValidation(ValidationTypes.FULL)
    .withOptions({ deprecatedRuntimes: DEPRECATED_RUNTIMES })
    .build();
  const { success, errors = [] } = await processor.process('manifest.yml');
  const findings = errors.map(
    ({ level, line, column, message }) => `manifest ${level} ${String(line)}:${String(column)} ${message}`,
  );
  return success || findings.length > 0 ? findings : ['manifest: validation failed without a message'];
}

const lintProblem = z.object({ message: z.string(), line: z.number().optional() });
const lintResults = z.array(
  z.object({ file: z.string(), errors: z.array(lintProblem), warnings: z.array(lintProblem) }),
);

async function lintSources(program: ts.Program): Promise<Finding[]> {
  const { lint, parseSourceFile, tsParser } = await import('@forge/lint');
  const { ConfigFile, FileSystemReader, FileSystemWriter, listTSConfigIncludeExclude } =
    await import('@forge/cli-shared');
  const reader = new FileSystemReader();
  const manifest = await new ConfigFile(reader, new FileSystemWriter()).readConfig();
  const files = (await reader.recursiveReadDir('./src', ['node_modules', '.git'])).filter((file) =>
    /\.tsx?$/.test(file),
  );
  if (files.length === 0) return ['lint: no source file was found'];
  // @forge/lint silently passes over every file that tsconfig.json does not include one by one.
  const { include } = await listTSConfigIncludeExclude(reader);
  const seen = new Set(include);
  const unseen = files
    .filter((file) => !seen.has(path.resolve(file)))
    .map((file) => `lint: ${file} is outside tsconfig.json's include`);
  const flags = { getDeprecatedRuntimes: () => Promise.resolve(DEPRECATED_RUNTIMES) };
  // Given the program, the linter does not compile the same sources again.
  const options = { loc: true as const, programs: [program] };
  const parser: typeof tsParser = (code, file) => tsParser(code, file, options);
  const config = { linter: { mode: 'client-side' }, parseFunction: (file: string) => parseSourceFile(file, parser) };
  // The flag service is a class with a login; the linter calls this one method of it.
  const results = lintResults.parse(
    await Reflect.apply(lint, undefined, [files, manifest, 'production', quiet, flags, config]),
  );
  return [
    ...unseen,
    ...results.flatMap((result) =>
      [...result.errors, ...result.warnings].map(
        ({ message, line }) => `lint ${result.file}:${String(line)} ${message}`,
      ),
    ),
  ];
}

async function bundleFunctions(wrapperDir: string): Promise<Finding[]> {
  const { getNodeBundler, LocalWrapperProvider, getEntryPoints } = await import('@forge/bundler');
  const { ConfigFile, FileSystemReader, FileSystemWriter } = await import('@forge/cli-shared');
  const reader = new FileSystemReader();
  const config = new ConfigFile(reader, new FileSystemWriter());
  const findings: Finding[] = [];
  const logger = { ...quiet, warn: (message: string) => findings.push(`bundle ${message}`) };
  const chooser = getNodeBundler(logger, new LocalWrapperProvider(reader, wrapperDir), config);
  const bundler = isChooser(chooser) ? await chooser.getBundler() : chooser;
  if (!isSteered(bundler)) throw new Error("Forge's bundler has changed: look how it is told what not to do twice");
  const configsOf = bundler.getConfigs.bind(bundler);
  bundler.getConfigs = async (args) => (await configsOf(args)).map(withoutTypes);
  // What it would tell Atlassian about the app: names of packages and counts of files, none of them a finding.
  bundler.getOutput = (_args, { output }) => Promise.resolve({ outputDir: output.path });
  const { outputDir } = await bundler.bundle({
    appDirectory: process.cwd(),
    entryPoints: getEntryPoints(await config.getAppHandlers()),
  });
  rmSync(outputDir, { recursive: true, force: true });
  return findings;
}

type BundlerArgs = Parameters<Bundler['bundle']>[0];

/** The settings of webpack as far as the check looks at them. */
type Settings = {
  readonly output: { readonly path: string };
  readonly devtool?: unknown;
  readonly module: { readonly rules: readonly { readonly use?: readonly { loader: string; options: object }[] }[] };
};

/** Forge's bundler, which takes another for an app that bundles itself. */
type Chooser = Bundler & { getBundler: () => Promise<Bundler> };

function isChooser(bundler: Bundler): bundler is Chooser {
  return 'getBundler' in bundler;
}

/** Forge's bundler with two of its own steps, which it does not declare. */
type Steered = Bundler & {
  getConfigs: (args: BundlerArgs) => Promise<Settings[]>;
  getOutput: (args: BundlerArgs, config: Settings) => Promise<BundlerOutput>;
};

function isSteered(bundler: Bundler): bundler is Steered {
  return 'getConfigs' in bundler && 'getOutput' in bundler;
}

/** Settings by which files are only translated: the types of all are looked at beside the lint (sourceTypes.ts). */
function withoutTypes(settings: Settings): Settings {
  const loaders = settings.module.rules.flatMap(({ use = [] }) => use).filter(({ loader }) => loader === 'ts-loader');
  if (loaders.length === 0) throw new Error("Forge's bundler no longer compiles by ts-loader: look what checks types");
  for (const loader of loaders) loader.options = { ...loader.options, transpileOnly: true };
  return { ...settings, devtool: false };
}
