// Everything that must hold besides the tests: types, lint with the import boundaries, generated files fresh.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (name) => join(root, 'node_modules', '.bin', name);

const steps = [
  ['types', bin('tsc'), ['-p', root, '--noEmit']],
  ['types of the HTML report', bin('tsc'), ['-p', 'src/report/html/app', '--noEmit']],
  ['format, lint and import boundaries', bin('biome'), ['ci', '--error-on-warnings', '.']],
  ['generated schema index is fresh', process.execPath, ['scripts/build-schema-index.mjs', '--check']],
  ['generated rule pages are fresh', process.execPath, ['scripts/rule-docs.mjs', '--check']],
  ['shipped example is as the script writes it', process.execPath, ['scripts/synth-example.mjs', '--check']],
];

let failed = 0;
for (const [what, command, args] of steps) {
  const started = Date.now();
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${what} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (status !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
