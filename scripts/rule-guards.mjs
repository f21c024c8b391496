// The mutants of checks in code. All checks are bundled into one function; a mutant is that text with one guard taken out.
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { rolldown } from 'rolldown';
import { parseAst } from 'rolldown/parseAst';

/** A check that never ends counts as noticed. */
const PATIENCE_MS = 3000;

/**
 * Mutants of the named checks and, where `reach` is `shared`, of the modules they share.
 * Yields { what, checks } for every guard; `checks` by name, or undefined where the mutant can't even be loaded. The first has every guard
 * and no `what`: it shows that the fixtures fit the checks.
 */
export async function* guardMutants(root, names, reach) {
  if (names.length === 0) return;
  const { code, map, outside } = await bundle(root, names);
  const modules = new Map();
  for (const id of outside) modules.set(id, await import(pathToFileURL(distOf(root, id)).href));
  yield { what: undefined, checks: load(code, modules) };
  for (const { start, end, text, lost } of guardsIn(code)) {
    const place = sourceOf(map, code, lost.start, root);
    if (place === undefined || isExcused(root, place)) continue;
    if (reach !== 'shared' && !names.some((name) => place.file === `src/rules/${name}.ts`)) continue;
    const mutant = code.slice(0, start) + text + code.slice(end);
    yield {
      what: `${place.file}:${place.line}: "${shorten(code.slice(lost.start, lost.end))}" can be dropped`,
      file: place.file,
      checks: load(mutant, modules),
    };
  }
}

async function bundle(root, names) {
  const src = resolve(root, 'src');
  const outside = new Set();
  const entry = 'virtual:checks';
  const isInside = (path) => /^rules[\\/][a-z0-9-]+[\\/]/.test(relative(src, path));
  const build = await rolldown({
    input: entry,
    plugins: [
      {
        name: 'checks',
        resolveId(id, importer) {
          if (id === entry) return entry;
          const path = id.startsWith('.') && importer !== entry ? resolve(dirname(importer), id.replace(/\.js$/, '.ts')) : id;
          if (isInside(path)) return path;
          outside.add(path);
          return { id: path, external: true };
        },
        load(id) {
          if (id !== entry) return null;
          const imports = names.map((name, index) => `import { check as c${index} } from '${src}/rules/${name}.ts';`);
          return `${imports.join('\n')}\nexport const CHECKS = new Map([${names.map((name, index) => `['${name}', c${index}]`).join(', ')}]);`;
        },
      },
    ],
    treeshake: false,
  });
  const { output } = await build.generate({ format: 'cjs', sourcemap: true, minify: false });
  return { code: output[0].code, map: new SourceMap(JSON.parse(output[0].map.toString())), outside };
}

function distOf(root, id) {
  return resolve(root, 'dist', relative(resolve(root, 'src'), id)).replace(/\.ts$/, '.js');
}

function load(code, modules) {
  const module = { exports: {} };
  const require = (id) => {
    for (const [path, loaded] of modules)
      if (path === id || path.endsWith(id.replace(/^(?:\.\.?\/)+/, '/').replace(/\.js$/, '.ts'))) return loaded;
    throw new Error(`No module ${id} outside the checks.`);
  };
  try {
    vm.runInThisContext(`(function (require, module, exports) {${code}\n})`)(require, module, module.exports);
  } catch {
    return undefined;
  }
  return new Map([...module.exports.CHECKS].map(([name, check]) => [name, (resource, context) => within(() => check(resource, context))]));
}

const runner = new vm.Script('__mutant()');

function within(run) {
  globalThis.__mutant = run;
  return runner.runInThisContext({ timeout: PATIENCE_MS });
}

/** `if` without `else` goes, an operand of `&&` and `||` goes, `.filter(…)` goes. */
function guardsIn(code) {
  const guards = [];
  const visit = (node) => {
    if (Array.isArray(node)) {
      for (const item of node) visit(item);
      return;
    }
    if (typeof node !== 'object' || node === null || typeof node.type !== 'string') return;
    if (node.type === 'IfStatement' && node.alternate === null) guards.push({ start: node.start, end: node.end, text: ';', lost: node });
    if (node.type === 'LogicalExpression' && node.operator !== '??') {
      const { left, right } = node;
      for (const [kept, lost] of [
        [right, left],
        [left, right],
      ]) {
        guards.push({ start: node.start, end: node.end, text: `(${code.slice(kept.start, kept.end)})`, lost });
      }
    }
    if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && node.callee.property.name === 'filter') {
      guards.push({ start: node.callee.object.end, end: node.end, text: '', lost: { start: node.callee.object.end, end: node.end } });
    }
    for (const [key, value] of Object.entries(node)) if (key !== 'type') visit(value);
  };
  visit(parseAst(code).body);
  return guards;
}

function sourceOf(map, code, offset, root) {
  const before = code.slice(0, offset).split('\n');
  const entry = map.findEntry(before.length - 1, before.at(-1).length);
  if (entry.originalSource === undefined || !entry.originalSource.includes('src/rules/')) return undefined;
  return { file: entry.originalSource.slice(entry.originalSource.indexOf('src/rules/')), line: entry.originalLine + 1, root };
}

const lines = new Map();
function isExcused(root, { file, line }) {
  if (!lines.has(file)) lines.set(file, readFileSync(resolve(root, file), 'utf8').split('\n'));
  return /\/\/ equivalent: \S/.test(lines.get(file)[line - 1] ?? '');
}

function shorten(text) {
  const flat = text
    .replace(/\(0, \w+_ts\.(\w+)\)|\b\w+_ts\.(\w+)/g, '$1$2')
    .replace(/\s+/g, ' ')
    .trim();
  return flat.length > 70 ? `${flat.slice(0, 69)}…` : flat;
}
