// node bench/access.mjs [--quick] [--roles N --keys N] : decisions a second, open questions, comparisons, and all pairs of
// a company's roles, keys and actions. The access is made up from a seed (bench/access-model.mjs), so figures can be compared.
import { execFileSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { answer } from '../dist/evaluator/decide.js';
import { allPairs, batchOf, compareAccess, compileAccess, decide, parsePolicy } from '../dist/evaluator/index.js';
import { ACTIONS, accessModel, randomOf } from './access-model.mjs';
import { mb, median } from './run.mjs';

const here = fileURLToPath(import.meta.url);

/** What `npm run bench` calls at its end. */
export async function accessBench({ quick = false } = {}) {
  const size = quick ? { roles: 300, keys: 200 } : { roles: 5000, keys: 2000 };
  console.log('Access');
  console.log(
    `  load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')} on ${cpus().length} processors\n`,
  );
  const small = accessModel(parsePolicy, { roles: 300, keys: 200 });
  single(small.model);
  batched(small.model);
  openQuestions(small.model);
  comparing();
  allOf(size, quick ? 1 : 3);
  await inThreads(size);
  growth(quick);
}

async function main() {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      roles: { type: 'string' },
      keys: { type: 'string' },
      statements: { type: 'string' },
      conditioned: { type: 'string' },
      sampled: { type: 'string' },
      pairs: { type: 'boolean', default: false },
    },
  });
  if (!values.pairs) return accessBench(values);
  const { pairs: _, quick: __, ...sizes } = values;
  const size = Object.fromEntries(Object.entries(sizes).map(([name, value]) => [name, Number(value)]));
  // One run of all pairs in a process of its own, so that its peak of memory is its own.
  console.log(JSON.stringify(measure(size)));
}

function requestsOf(model, count, seed = 3) {
  const { pick } = randomOf(seed);
  const contexts = Array.from({ length: 50 }, (_, index) => ({
    'aws:SecureTransport': 'true',
    'aws:CurrentTime': `202${6 + (index % 4)}-03-01T00:00:00Z`,
    'aws:RequestedRegion': pick(['eu-west-1', 'us-east-1', 'ap-south-1']),
    'aws:SourceIp': `10.${index * 5}.1.1`,
    ...(index % 3 === 0 ? { 'kms:ViaService': `ssm.${pick(['eu-west-1', 'us-east-1'])}.amazonaws.com` } : {}),
    ...(index % 4 === 0 ? { 'aws:MultiFactorAuthPresent': 'true' } : {}),
  }));
  return Array.from({ length: count }, () => ({
    caller: { kind: 'principal', id: pick(model.principals).id },
    action: pick(ACTIONS),
    resource: pick(model.resources).id,
    context: pick(contexts),
    contextComplete: true,
    sessionPolicies: [],
  }));
}

function single(model) {
  const access = compileAccess(model);
  const requests = requestsOf(model, 3000);
  for (const request of requests.slice(0, 1000)) decide(access, request);
  const times = requests.map((request) => timed(() => decide(access, request)));
  const sum = times.reduce((a, b) => a + b, 0);
  console.log(
    `  one request, with its explanation   ${perSecond(times.length / (sum / 1000))}   p50 ${us(quantile(times, 0.5))}   p95 ${us(quantile(times, 0.95))}`,
  );
}

function batched(model) {
  const access = compileAccess(model);
  const requests = requestsOf(model, 1_000_000);
  const first = [];
  const again = [];
  for (let run = 0; run < 3; run += 1) {
    let batch;
    first.push(
      timed(() => {
        batch = batchOf(access, requests);
        batch.decide(requests);
      }),
    );
    again.push(timed(() => batch.decide(requests)));
  }
  const distinct = new Set(
    requests.map(({ caller, action, resource, context }) => `${caller.id} ${action} ${resource} ${JSON.stringify(context)}`),
  ).size;
  console.log(`  batch of 1,000,000 (${distinct.toLocaleString('en')} distinct), preparing included   ${perSecond(1e9 / median(first))}`);
  console.log(`  the same batch once prepared   ${perSecond(1e9 / median(again))}`);
  // The short cut against the plain way.
  const batch = batchOf(access, requests);
  const sample = requests.filter((_, index) => index % 250 === 0);
  const differing = sample.filter((request, index) => {
    const { decision } = decide(access, request);
    return batch.decide([sample[index]])[0] !== (decision.endsWith('denied') ? 'denied' : decision);
  });
  if (differing.length > 0) throw new Error(`${differing.length} of ${sample.length} batched decisions differ from the plain ones`);
  console.log(`  ${sample.length.toLocaleString('en')} of them compared with one-by-one decisions: all equal\n`);
}

function openQuestions(model) {
  const access = compileAccess(model);
  const requests = requestsOf(model, 2000, 5).map((request) => ({ ...request, context: {}, contextComplete: false }));
  for (const request of requests.slice(0, 500)) decide(access, request);
  const times = requests.map((request) => timed(() => decide(access, request)));
  console.log(
    `  open question (any context), with conditions and witnesses   p50 ${us(quantile(times, 0.5))}   p95 ${us(quantile(times, 0.95))}   max ${us(Math.max(...times))}`,
  );
}

function comparing() {
  const times = [];
  let more = 0;
  for (let seed = 0; seed < 20; seed += 1) {
    const { before, after } = fiftyStatements(seed);
    times.push(
      timed(() => {
        if (compareAccess([before], [after]).kind === 'more') more += 1;
      }),
    );
  }
  console.log(
    `  comparing two policies of 50 statements   p50 ${us(quantile(times, 0.5))}   p95 ${us(quantile(times, 0.95))}   max ${us(Math.max(...times))}   (${more} of 20 gave more)\n`,
  );
}

/** A policy of 50 statements and a change of it in three places. */
function fiftyStatements(seed) {
  const { model } = accessModel(parsePolicy, { seed: seed + 500, roles: 1, policies: 50, statements: 1, keys: 40, shared: 0 });
  const { model: other } = accessModel(parsePolicy, { seed: seed + 900, roles: 1, policies: 3, statements: 1, keys: 40, shared: 0 });
  const statements = model.principals[0].identity.flatMap((document) => document.statements);
  const changed = [...statements];
  other.principals[0].identity.forEach((document, index) => {
    changed[index * 7] = document.statements[0];
  });
  const document = (name, list) => ({
    ...model.principals[0].identity[0],
    name,
    statements: list.map((statement, index) => ({ ...statement, index })),
  });
  return { before: document('before', statements), after: document('after', changed) };
}

/** All pairs once, in this process. */
function measure(size) {
  const { model, counts } = accessModel(parsePolicy, size);
  let access;
  const compiling = timed(() => {
    access = compileAccess(model);
  });
  let pairs;
  const deciding = timed(() => {
    pairs = allPairs(access, { actions: ACTIONS });
  });
  const compared = compareCells(access, pairs, size.sampled ?? 10_000);
  return { compiling, deciding, peak: process.resourceUsage().maxRSS * 1024, counts, size: pairs.size, compared, kinds: kindsOf(pairs) };
}

/** Cells drawn at random, each decided alone by the evaluator over the same variables: the conditions must be the same node. */
function compareCells(access, pairs, count) {
  const { below } = randomOf(99);
  let conditional = 0;
  for (let i = 0; i < count; i += 1) {
    const [p, r, a] = [below(pairs.principals.length), below(pairs.resources.length), below(pairs.actions.length)];
    const caller = { kind: 'principal', id: pairs.principals[p].id };
    const request = {
      caller,
      action: pairs.actions[a],
      resource: pairs.resources[r].id,
      context: {},
      contextComplete: false,
      sessionPolicies: [],
    };
    const alone = answer(access, request, pairs.variables).layers.allowed;
    if (alone !== pairs.condition(p, r, a))
      throw new Error(`${caller.id} ${request.action} ${request.resource}: all pairs and one decision differ`);
    if (alone > 1) conditional += 1;
  }
  return { count, conditional };
}

function kindsOf(pairs) {
  const kinds = { never: 0, always: 0, conditional: 0 };
  const step = Math.max(1, Math.floor(pairs.principals.length / 200));
  for (let p = 0; p < pairs.principals.length; p += step)
    for (let r = 0; r < pairs.resources.length; r += 1)
      for (let a = 0; a < pairs.actions.length; a += 1) {
        const node = pairs.condition(p, r, a);
        kinds[node === 0 ? 'never' : node === 1 ? 'always' : 'conditional'] += 1;
      }
  return kinds;
}

function inProcess(size) {
  const args = Object.entries(size).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return JSON.parse(execFileSync(process.execPath, [here, '--pairs', ...args], { encoding: 'utf8', maxBuffer: 1e8 }));
}

function allOf(size, runs) {
  const results = Array.from({ length: runs }, () => inProcess(size));
  const { counts, size: grid, compared, kinds } = results[0];
  const cells = size.roles * size.keys * ACTIONS.length;
  const share = (part, whole) => `${((100 * part) / whole).toFixed(0)} %`;
  const seen = kinds.never + kinds.always + kinds.conditional;
  console.log(
    `  all pairs: ${size.roles} roles (20 policies each, no two alike) × ${size.keys} keys × ${ACTIONS.length} actions = ${cells.toLocaleString('en')} cells`,
  );
  console.log(
    `    ${counts.statements} statements, ${share(counts.conditioned, counts.statements)} conditioned, ${share(counts.denied, counts.statements)} Deny`,
  );
  console.log(
    `    1 thread   ${seconds(median(results.map(({ deciding }) => deciding)))} (compiling ${seconds(median(results.map(({ compiling }) => compiling)))} before)   peak ${mb(Math.max(...results.map(({ peak }) => peak)))}, model included`,
  );
  console.log(
    `    ${grid.rows} distinct rows, ${grid.nodes} nodes; never ${share(kinds.never, seen)}, always ${share(kinds.always, seen)}, conditional ${share(kinds.conditional, seen)}`,
  );
  console.log(`    ${compared.count} cells compared with the plain evaluator, ${compared.conditional} of them conditional: all equal`);
}

/** Two threads, each with half of the roles and a model of its own: nodes do not cross threads. */
async function inThreads(size) {
  const threads = 2;
  const parts = Array.from({ length: threads }, (_, part) => {
    const worker = new Worker(here, { workerData: { size, part, threads } });
    return { worker, done: nextMessage(worker) };
  });
  // Every thread makes and compiles its model, then all start together.
  await Promise.all(parts.map(({ done }) => done));
  const started = performance.now();
  await Promise.all(
    parts.map(({ worker }) => {
      worker.postMessage('go');
      return nextMessage(worker);
    }),
  );
  const wall = performance.now() - started;
  console.log(
    `    ${threads} threads   ${seconds(wall)}, each with half of the roles   memory now ${mb(process.memoryUsage().rss)}, a model in each\n`,
  );
  await Promise.all(parts.map(({ worker }) => worker.terminate()));
}

function nextMessage(worker) {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function inThread({ size, part, threads }) {
  const { model } = accessModel(parsePolicy, size);
  const principals = model.principals.filter((_, index) => index % threads === part);
  const access = compileAccess({ ...model, principals });
  parentPort.once('message', () => {
    allPairs(access, { actions: ACTIONS });
    parentPort.postMessage('done');
  });
  parentPort.postMessage('ready');
}

/** One size doubled at a time. */
function growth(quick) {
  const base = quick ? { roles: 150, keys: 100 } : { roles: 1250, keys: 500 };
  const rows = [
    ['base', base],
    ['roles × 2', { ...base, roles: base.roles * 2 }],
    ['roles × 4', { ...base, roles: base.roles * 4 }],
    ['keys × 2', { ...base, keys: base.keys * 2 }],
    ['keys × 4', { ...base, keys: base.keys * 4 }],
    ['statements × 2', { ...base, statements: 5 }],
    ['no conditions', { ...base, conditioned: 0 }],
    ['all conditioned', { ...base, conditioned: 1 }],
  ];
  console.log(`  growth of all pairs from ${base.roles} roles × ${base.keys} keys`);
  for (const [name, size] of rows) {
    const { deciding, peak, size: grid } = inProcess({ ...size, sampled: 500 });
    console.log(
      `    ${name.padEnd(16)} ${seconds(deciding).padStart(8)}   ${mb(peak).padStart(7)}   ${String(grid.nodes).padStart(8)} nodes`,
    );
  }
  console.log();
}

function timed(run) {
  const started = performance.now();
  run();
  return performance.now() - started;
}

function quantile(times, share) {
  return [...times].sort((a, b) => a - b)[Math.floor((times.length - 1) * share)];
}

const us = (milliseconds) => (milliseconds < 1 ? `${(milliseconds * 1000).toFixed(0)} µs` : `${milliseconds.toFixed(1)} ms`);
const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;
const perSecond = (rate) => `${Math.round(rate).toLocaleString('en')} a second`;

if (!isMainThread) inThread(workerData);
else if (process.argv[1] === here) await main();
