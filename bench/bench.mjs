// npm run bench [-- --corpus FOLDER] [--quick] : what keyward does in a second, and with how much memory.
// Without --corpus the templates are synthesised by the AWS CDK (bench/corpus.mjs), seeded, so figures can be compared.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { accessBench } from './access.mjs';
import { writeCorpus } from './corpus.mjs';
import { bin, has, mb, measured, ms, timed } from './run.mjs';

const { values: options } = parseArgs({ options: { corpus: { type: 'string' }, quick: { type: 'boolean', default: false } } });
const work = mkdtempSync(join(tmpdir(), 'keyward-bench-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} threads available\n`);

await startUp();
const corpus = await templates();
await parsing(corpus);
await scanning(corpus);
await memory(corpus);
await peers(corpus);
verdicts(corpus);
await accessBench(options);

async function startUp() {
  const bare = timed(process.execPath, ['-e', '0'], { runs: 15 });
  const version = timed(process.execPath, [bin, '--version'], { runs: 15 });
  const small = join(work, 'small.yaml');
  writeFileSync(
    small,
    'Resources:\n  Key:\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: true\n      KeyPolicy: {}\n',
  );
  const scan = timed(process.execPath, [bin, 'scan', small], { runs: 11 });
  console.log('Start-up');
  console.log(`  node -e 0             ${ms(bare)}`);
  console.log(`  keyward --version     ${ms(version)}   ${(version / bare).toFixed(2)} × bare node`);
  console.log(`  one small template    ${ms(scan)}   ${ms(scan - bare)} over bare node\n`);
}

async function templates() {
  if (options.corpus !== undefined) {
    const files = filesBelow(options.corpus).filter((file) => ['.yaml', '.yml', '.json', '.template'].includes(extname(file)));
    return describe(options.corpus, files);
  }
  const folder = join(work, 'corpus');
  const count = options.quick ? 100 : 1000;
  const sets = await writeCorpus(folder, count);
  console.log(`Corpus: ${count} templates synthesised by the AWS CDK, ${sets} distinct sets of resource types`);
  return describe(folder, filesBelow(folder));
}

function describe(folder, files) {
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  console.log(`Corpus: ${files.length} files, ${(bytes / 1e6).toFixed(1)} MB\n`);
  return { folder, files, bytes };
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Text to tree, in this process, after a warm-up. */
async function parsing({ files, bytes }) {
  const { parseSource } = await import('../dist/readers/source/index.js');
  const { DEFAULT_LIMITS } = await import('../dist/readers/reader.js');
  const texts = files.map((file) => [file, readFileSync(file, 'utf8')]);
  for (const [file, text] of texts.slice(0, 200)) parseSource(file, text, DEFAULT_LIMITS);
  const started = performance.now();
  for (const [file, text] of texts) parseSource(file, text, DEFAULT_LIMITS);
  const seconds = (performance.now() - started) / 1000;
  console.log(`Parse only, one thread: ${(files.length / seconds).toFixed(0)} files/s, ${(bytes / 1e6 / seconds).toFixed(1)} MB/s\n`);
}

/** Whole runs, on one and two workers. */
async function scanning({ folder, files, bytes }) {
  console.log('Whole scan (process start to exit)');
  const seconds = {};
  for (const jobs of [1, 2]) {
    seconds[jobs] = timed(process.execPath, [bin, 'scan', folder, '--format', 'json', '--jobs', String(jobs)], { runs: 3 });
    const rate = `${(files.length / seconds[jobs]).toFixed(0)} files/s, ${(bytes / 1e6 / seconds[jobs]).toFixed(1)} MB/s`;
    console.log(`  --jobs ${jobs}   ${seconds[jobs].toFixed(2)} s   ${rate}`);
  }
  console.log(`  two workers against one: ${(seconds[1] / seconds[2]).toFixed(2)} ×`);

  // Parse-bound: templates of types no rule serves. Rule-bound: small templates full of what rules look at.
  for (const [kind, write] of [
    ['parse-bound', parseBound],
    ['rule-bound', ruleBound],
  ]) {
    const input = join(work, kind);
    write(input, options.quick ? 60 : 200);
    const one = timed(process.execPath, [bin, 'scan', input, '--format', 'json', '--jobs', '1'], { runs: 3 });
    const two = timed(process.execPath, [bin, 'scan', input, '--format', 'json', '--jobs', '2'], { runs: 3 });
    console.log(`  ${kind}: ${one.toFixed(2)} s with 1 worker, ${two.toFixed(2)} s with 2: ${(one / two).toFixed(2)} ×`);
  }
  console.log();
}

function parseBound(folder, count) {
  mkdirSync(folder, { recursive: true });
  for (let file = 0; file < count; file += 1) {
    const routes = Array.from(
      { length: 250 },
      (_, i) =>
        `  Route${i}:\n    Type: AWS::EC2::Route\n    Properties:\n      RouteTableId: !Ref Table\n      DestinationCidrBlock: 10.${file % 250}.${i}.0/24\n`,
    );
    writeFileSync(
      join(folder, `routes-${file}.yaml`),
      `Resources:\n  Table:\n    Type: AWS::EC2::RouteTable\n    Properties:\n      VpcId: vpc-1\n${routes.join('')}`,
    );
  }
}

function ruleBound(folder, count) {
  mkdirSync(folder, { recursive: true });
  const own = (rest) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:${rest}` });
  const administer = { Effect: 'Allow', Principal: { AWS: own('root') }, Action: 'kms:*', Resource: '*' };
  const use = (i) => ({
    Effect: 'Allow',
    Principal: { AWS: own(`role/r${i}`) },
    Action: ['kms:Decrypt', 'kms:DescribeKey'],
    Resource: '*',
  });
  for (let file = 0; file < count; file += 1) {
    const Resources = {};
    for (let i = 0; i < 40; i += 1) {
      Resources[`Key${i}`] = {
        Type: 'AWS::KMS::Key',
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: {
          EnableKeyRotation: true,
          KeyPolicy: { Version: '2012-10-17', Statement: [administer, use(1), use(2), use(3), use(4)] },
        },
      };
      Resources[`Alias${i}`] = {
        Type: 'AWS::KMS::Alias',
        Properties: { AliasName: `alias/app/${file}/${i}`, TargetKeyId: { Ref: `Key${i}` } },
      };
    }
    writeFileSync(join(folder, `keys-${file}.json`), JSON.stringify({ Resources }));
  }
}

/** Peak memory against the number of templates. */
async function memory({ files }) {
  console.log('Peak memory');
  for (const count of options.quick ? [100, 1000] : [100, 1000, 10_000]) {
    const folder = join(work, `memory-${count}`);
    mkdirSync(folder);
    for (let i = 0; i < count; i += 1) {
      const from = files[i % files.length];
      cpSync(from, join(folder, `${String(i).padStart(5, '0')}${extname(from)}`));
    }
    const { seconds, peak } = measured(['scan', folder, '--format', 'json', '--output', `json=${join(work, 'memory.json')}`, '--quiet']);
    console.log(
      `  ${String(count).padStart(6)} templates   ${mb(peak)}   ${seconds.toFixed(1)} s   ${(peak / count / 1024).toFixed(0)} KiB a scope`,
    );
    rmSync(folder, { recursive: true, force: true });
  }
  console.log();
}

/** The same files through cfn-lint, file by file batches, where it is installed. */
async function peers({ files }) {
  if (!has('cfn-lint')) {
    console.log('cfn-lint is not installed: no ratio (pip install cfn-lint)\n');
    return;
  }
  const sample = files.filter((_, i) => i % Math.ceil(files.length / 100) === 0);
  const folder = join(work, 'peer');
  mkdirSync(folder);
  for (const [i, file] of sample.entries()) cpSync(file, join(folder, `${String(i).padStart(5, '0')}${extname(file)}`));
  const accept = Array.from({ length: 32 }, (_, code) => code);
  const theirs = timed('cfn-lint', ['--format', 'json', '--', ...filesBelow(folder)], { runs: 1, warmup: 0, accept });
  const ours = timed(process.execPath, [bin, 'scan', folder, '--format', 'json'], { runs: 3 });
  const bare = timed('cfn-lint', ['--version'], { runs: 1 });
  const start = timed(process.execPath, [bin, '--version'], { runs: 3 });
  console.log(
    `cfn-lint on ${sample.length} of these files: ${theirs.toFixed(1)} s; keyward ${ours.toFixed(2)} s: ${(theirs / ours).toFixed(0)} × faster`,
  );
  console.log(`  without either's start-up: ${((theirs - bare) / (ours - start)).toFixed(0)} ×\n`);
}

/** What share of the verdicts is left open, and why. */
function verdicts({ folder }) {
  const file = join(work, 'verdicts.json');
  measured(['scan', folder, '--format', 'json', '--output', `json=${file}`, '--quiet']);
  if (!existsSync(file)) return;
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const { pass, fail, undecided, notApplicable } = report.coverage.verdicts;
  const decided = pass + fail + undecided;
  console.log(
    `Verdicts: ${pass} pass, ${fail} fail, ${undecided} undecided (${((100 * undecided) / decided).toFixed(1)} % of those that apply), ${notApplicable} not applicable`,
  );
  const causes = new Map();
  for (const finding of report.undecided) for (const cause of finding.because) causes.set(cause.kind, (causes.get(cause.kind) ?? 0) + 1);
  for (const [kind, count] of [...causes].sort((a, b) => b[1] - a[1]).slice(0, 8)) console.log(`  ${String(count).padStart(6)}  ${kind}`);
  const { all, judged, catalogued } = report.coverage.resources;
  console.log(`Resources: ${judged} judged / ${catalogued} of types the catalogue names / ${all} in all`);
}
