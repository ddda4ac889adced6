const { createHash } = require('node:crypto');
const esbuild = require('esbuild');

/**
 * A Jest transform for a package of ES modules that import each other in circles: taken one by one as
 * CommonJS they would run in another order than the package's own. It becomes one module, with zod left outside.
 */
module.exports = {
  getCacheKey: (source, filename) =>
    createHash('sha256').update(filename).update(source).update(esbuild.version).digest('hex'),
  process: (_source, filename) => {
    const { outputFiles } = esbuild.buildSync({
      entryPoints: [filename],
      bundle: true,
      write: false,
      format: 'cjs',
      platform: 'node',
      target: 'es2022',
      external: ['zod'],
      logLevel: 'silent',
    });
    return { code: outputFiles[0].text };
  },
};
