// Builds what ships: JavaScript and types by tsc, then the compiled rulebook, the bundled command line and the HTML report's shell.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);

rmSync(join(root, 'dist'), { recursive: true, force: true });
const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
execFileSync(process.execPath, [tsc, '-p', root], { stdio: 'inherit' });

const { buildRules } = await import('./build-rules.mjs');
await buildRules();
const { buildBundle } = await import('./bundle.mjs');
await buildBundle();
const { buildHtml } = await import('./build-html.mjs');
await buildHtml();
