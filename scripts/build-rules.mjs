// Compiles the rulebook into dist/rules: index.json (every rule as data), checks.js (every check in one module),
// validators/<type>.cjs (ajv's compiled schemas, loaded for the types of a scan only), and copies the property shapes.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2019 } from 'ajv/dist/2019.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs after tsc: it uses the compiled readers of rule files. */
export async function buildRules() {
  cpSync(`${root}src/model/schema/generated`, `${root}dist/model/schema/generated`, { recursive: true });
  rmSync(`${root}dist/rules/index.json`, { force: true });
  const { rulesFromSource } = await import('../dist/rules/built-rules.js');
  const schemas = await import('../dist/rules/schema.js');
  const built = await rulesFromSource(`${root}rules`);
  await writeChecks(built.rules);
  const folder = `${root}dist/rules/validators`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { modules, compiled } = validatorModules(built.rules, schemas);
  for (const [type, code] of modules) writeFileSync(`${folder}/${type.replaceAll('::', '-')}.cjs`, code);
  writeFileSync(`${root}dist/rules/index.json`, builtIndex(built, compiled));
}

/** The text of index.json: the rules as data, each saying whether it has validators. */
export function builtIndex(built, compiled) {
  return JSON.stringify({ ...built, rules: built.rules.map((rule) => ({ ...rule, compiled: compiled.has(rule.id) })) });
}

/**
 * One module with all checks and what only they use, so that loading them reads one file; the model and the room's own modules stay
 * outside, as values are told apart by their class.
 */
async function writeChecks(rules) {
  const names = [...new Set(rules.flatMap(({ check }) => (check === undefined ? [] : [check])))].sort();
  const imports = names.map((name, index) => `import { check as c${index} } from './${name}.js';`);
  const entries = names.map((name, index) => `  ['${name}', c${index}],`);
  const file = `${root}dist/rules/checks.js`;
  writeFileSync(file, `${imports.join('\n')}\nexport const CHECKS = new Map([\n${entries.join('\n')}\n]);\n`);
  const rooms = resolve(root, 'dist');
  const isOutside = (id) => !/^rules\/[a-z0-9-]+\/|^rules\/checks\.js$/.test(relative(rooms, id).replaceAll('\\', '/'));
  const bundle = await rolldown({
    input: file,
    external: (id, importer) =>
      id.startsWith('.') && importer !== undefined ? isOutside(resolve(dirname(importer), id)) : isAbsolute(id) ? isOutside(id) : true,
  });
  await bundle.write({ file, format: 'esm' });
}

/** CommonJS text by type, and the ids of the rules that are in one. `schemas` is the rules' module of that name. */
export function validatorModules(rules, schemas) {
  const byType = new Map();
  const compiled = new Set();
  for (const rule of rules) {
    const own = schemasOf(rule, schemas);
    if (own === undefined || (own.when === undefined && own.must === undefined)) continue;
    compiled.add(rule.id);
    for (const type of rule.resource) byType.set(type, [...(byType.get(type) ?? []), [rule.id, own]]);
  }
  return { modules: new Map([...byType].map(([type, entries]) => [type, moduleOf(entries)])), compiled };
}

/** `when` and `must` with the options at their defaults; none where a keyword of ours takes part. */
function schemasOf(rule, { usesOwnKeyword, writeOut }) {
  if (rule.must === undefined) return undefined;
  const options = Object.fromEntries(Object.entries(rule.options).map(([name, option]) => [name, option.default]));
  const when = writeOut(rule.when ?? true, options);
  const must = writeOut(rule.must, options);
  return { when: usesOwnKeyword(when) ? undefined : when, must: usesOwnKeyword(must) ? undefined : must };
}

function moduleOf(entries) {
  const ajv = new Ajv2019({ strict: false, messages: false, code: { source: true, lines: false, optimize: 2 } });
  const names = [];
  for (const [id, schemas] of entries) {
    for (const part of ['when', 'must']) {
      const schema = schemas[part];
      if (schema === undefined) continue;
      ajv.addSchema(typeof schema === 'boolean' ? { allOf: [schema] } : schema, `${id}/${part}`);
      names.push(`${id}/${part}`);
    }
  }
  const code = standaloneCode(ajv, Object.fromEntries(names.map((name, index) => [`v${index}`, name])));
  return `${code}\nmodule.exports = { ${names.map((name, index) => `${JSON.stringify(name)}: exports.v${index}`).join(', ')} };\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildRules();
