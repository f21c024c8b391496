// Bundles the command line into a few files: a hundred small modules cost more to open than to run. The library stays as tsc wrote it.
import { existsSync, rmSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const target = join(dist, 'bundle');

/**
 * A module that finds files beside itself keeps finding them: its own address stays what it was before it was bundled. Only the checks
 * are opened from the bundle, where they share the one copy of the model: a second copy of its classes would be strangers to them.
 */
const ownAddress = {
  name: 'own-address',
  transform(code, id) {
    if (!id.startsWith(dist) || !code.includes('import.meta.url')) return null;
    const own = relative(target, id).split(sep).join('/');
    const parts = code.split(CHECKS);
    if (id.endsWith(join('rules', 'built-rules.js')) && parts.length !== 2)
      throw new Error('built-rules no longer opens ./checks.js the way the bundle expects.');
    return {
      code: parts.map((part) => part.replaceAll('import.meta.url', `new URL(${JSON.stringify(own)}, import.meta.url).href`)).join(CHECKS),
      map: null,
    };
  },
};
const CHECKS = "new URL('./checks.js', import.meta.url)";

export async function buildBundle() {
  rmSync(target, { recursive: true, force: true });
  const bundle = await rolldown({
    input: {
      process: join(dist, 'cli', 'process.js'),
      worker: join(dist, 'engine', 'executor', 'worker.js'),
      checks: join(dist, 'rules', 'checks.js'),
    },
    platform: 'node',
    // Packages are opened from node_modules as they were installed; the rulebook's parts are found by path when they are needed.
    external: [/^node:/, /^[^./]/],
    plugins: [ownAddress],
    logLevel: 'warn',
  });
  await bundle.write({
    dir: target,
    format: 'esm',
    chunkFileNames: '[name]-[hash].js',
    minify: { mangle: false, compress: false, codegen: { removeWhitespace: true } },
  });
  await bundle.close();
  if (!existsSync(join(target, 'process.js'))) throw new Error('The bundle has no entry.');
}
