// Synthesises examples/orders with the AWS CDK. The library is large and only this script needs it, so it is installed
// into a temporary folder by its exact version. `--check` compares digests and needs no CDK; `--verify` synthesises
// again and compares the bytes.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const CDK = 'aws-cdk-lib@2.276.0';
const CONSTRUCTS = 'constructs@10.8.1';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const example = join(root, 'examples', 'orders');
const shipped = join(example, 'cdk.out');
const record = join(example, 'synth.json');

function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

function digests(folder) {
  return Object.fromEntries(
    filesOf(folder).map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex'),
    ]),
  );
}

function appDigest() {
  return createHash('sha256')
    .update(readFileSync(join(example, 'app.mjs')))
    .digest('hex');
}

async function synthesise() {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-example-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', CDK, CONSTRUCTS], { cwd: folder, stdio: 'inherit' });
  cpSync(join(example, 'app.mjs'), join(folder, 'app.mjs'));
  const { synth } = await import(pathToFileURL(join(folder, 'app.mjs')).href);
  const out = join(folder, 'cdk.out');
  synth(out);
  // Stack traces with this machine's paths; nothing a scan reads.
  for (const file of filesOf(out)) if (/\.metadata\.json$|validation-report\.json$/.test(file)) rmSync(join(out, file));
  return { folder, out };
}

function report(problem) {
  console.error(`${problem}\nRun: node scripts/synth-example.mjs`);
  process.exit(1);
}

const mode = process.argv[2];
if (mode === '--check') {
  const kept = JSON.parse(readFileSync(record, 'utf8'));
  if (kept.app !== appDigest()) report('examples/orders/app.mjs changed after it was synthesised.');
  if (JSON.stringify(kept.files) !== JSON.stringify(digests(shipped))) report('examples/orders/cdk.out is not what the synthesis wrote.');
} else {
  const { folder, out } = await synthesise();
  try {
    if (mode === '--verify') {
      if (JSON.stringify(digests(out)) !== JSON.stringify(digests(shipped)))
        report('A new synthesis of examples/orders differs from the shipped one.');
    } else {
      rmSync(shipped, { recursive: true, force: true });
      mkdirSync(shipped, { recursive: true });
      cpSync(out, shipped, { recursive: true });
      writeFileSync(record, `${JSON.stringify({ cdk: CDK, app: appDigest(), files: digests(shipped) }, null, 2)}\n`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
