/** What the manifest names and what the code has, as far as one must have what the other names. */
export type EntryPoints = {
  /** Module and resource parts of manifest.yml. */
  readonly functions: readonly { readonly key: string; readonly handler: string }[];
  /** Every function key that a module names (resolver, function), with the module that names it. */
  readonly usedFunctions: readonly { readonly module: string; readonly functionKey: string }[];
  /** What src/index.ts exports. */
  readonly exports: readonly string[];
  /** For each entry point: the invoke() names of its contract, of its resolver and of its page. */
  readonly invokes: readonly {
    readonly entryPoint: string;
    readonly contract: readonly string[];
    readonly resolver: readonly string[];
    readonly page: readonly string[];
  }[];
};

/**
 * Everything that only one side knows: handlers without code, code without a handler, functions that
 * no module uses, invoke() names that only the page, the contract or the resolver has.
 * @returns one sentence per problem
 */
export function problemsOf({ functions, usedFunctions, exports, invokes }: EntryPoints): string[] {
  const handlers = functions.map(({ handler }) => handler);
  const known = functions.map(({ key }) => key);
  return [
    ...functions
      .filter(({ handler }) => !exports.includes(handler.replace(/^index\./, '')) || !handler.startsWith('index.'))
      .map(({ key, handler }) => `function ${key}: src/index.ts has no export for the handler ${handler}`),
    ...exports
      .filter((name) => !handlers.includes(`index.${name}`))
      .map((name) => `src/index.ts exports ${name}, which manifest.yml does not name`),
    ...usedFunctions
      .filter(({ functionKey }) => !known.includes(functionKey))
      .map(
        ({ module, functionKey }) =>
          `module ${module} names the function ${functionKey}, which manifest.yml does not have`,
      ),
    ...known
      .filter((key) => !usedFunctions.some(({ functionKey }) => functionKey === key))
      .map((key) => `function ${key} is used by no module`),
    ...invokes.flatMap(invokeProblems),
  ];
}

function invokeProblems({ entryPoint, contract, resolver, page }: EntryPoints['invokes'][number]): string[] {
  const missing = (from: readonly string[], to: readonly string[], say: (name: string) => string): string[] =>
    from.filter((name) => !to.includes(name)).map(say);
  return [
    ...missing(
      contract,
      resolver,
      (name) => `${entryPoint}: the contract has ${name}, the resolver does not define it`,
    ),
    ...missing(
      resolver,
      contract,
      (name) => `${entryPoint}: the resolver defines ${name}, the contract does not have it`,
    ),
    ...missing(page, contract, (name) => `${entryPoint}: the page invokes ${name}, the contract does not have it`),
    ...missing(contract, page, (name) => `${entryPoint}: no page invokes ${name}`),
  ];
}
