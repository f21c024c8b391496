// Writes src/model/schema/generated/<service>.json, the property shapes of every CloudFormation type, from the published
// resource schemas. `--check` only says whether the files are fresh. The encoding is read by src/model/schema/shape.ts:
// 's' string, 'n' number, 'b' boolean, 'j' JSON (an object or its text), 'a' anything, [x] a list, {"*": x} a map,
// a number an entry of `defs`, which is an object by property name.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../src/model/schema/generated/', import.meta.url));
const SCALARS = { string: 's', 'date-time': 's', number: 'n', integer: 'n', boolean: 'b', json: 'j' };
const TAG = { Key: 's', Value: 's' };

/** File name by content of every generated file. */
export function schemaIndex() {
  const { loadAwsServiceSpecSync } = createRequire(import.meta.url)('@aws-cdk/aws-service-spec');
  const db = loadAwsServiceSpecSync();
  const services = new Map();
  for (const resource of db.all('resource')) {
    const service = serviceOf(resource.cloudFormationType);
    const known = services.get(service) ?? [];
    known.push(resource);
    services.set(service, known);
  }
  const files = new Map();
  for (const [service, resources] of [...services].sort(([a], [b]) => (a < b ? -1 : 1))) {
    files.set(`${service}.json`, `${JSON.stringify(encodeService(db, resources))}\n`);
  }
  return files;
}

/** `AWS::KMS::Key` is kept in `aws-kms.json`; the same rule stands in shape.ts. */
function serviceOf(type) {
  return type.split('::').slice(0, 2).join('-').toLowerCase();
}

function encodeService(db, resources) {
  const defs = [];
  const numbers = new Map();
  const define = (key, make) => {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const number = defs.push({}) - 1;
    numbers.set(key, number);
    defs[number] = make();
    return number;
  };
  const encode = (type) => {
    switch (type.type) {
      case 'array':
        return [encode(type.element)];
      case 'map':
        return { '*': encode(type.element) };
      case 'ref':
        return define(type.reference.$ref, () => encodeProperties(db.get('typeDefinition', type.reference.$ref).properties));
      case 'tag':
        return define('tag', () => TAG);
      case 'union':
        return encodeUnion(type.types);
      default:
        if (!(type.type in SCALARS)) throw new Error(`The resource schemas use an unknown kind of type: ${type.type}.`);
        return SCALARS[type.type];
    }
  };
  /** Objects are merged, so that a path of any member is known; members of different kinds are anything. */
  const encodeUnion = (types) => {
    if (types.every((type) => type.type === 'ref')) {
      return define(types.map((type) => type.reference.$ref).join('|'), () =>
        Object.assign({}, ...types.map((type) => encodeProperties(db.get('typeDefinition', type.reference.$ref).properties))),
      );
    }
    const encoded = types.map(encode);
    const first = JSON.stringify(encoded[0]);
    if (encoded.every((shape) => JSON.stringify(shape) === first)) return encoded[0];
    if (encoded.includes('j') && encoded.every((shape) => shape === 'j' || shape === 's')) return 'j';
    return 'a';
  };
  const encodeProperties = (properties) =>
    Object.fromEntries(
      Object.entries(properties)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, property]) => [name, encode(property.type)]),
    );
  const types = {};
  for (const resource of [...resources].sort((a, b) => (a.cloudFormationType < b.cloudFormationType ? -1 : 1))) {
    types[resource.cloudFormationType] = encodeProperties(resource.properties);
  }
  return { types, defs };
}

/** Names of files that differ from what the schemas say. */
export function staleSchemaFiles() {
  const wanted = schemaIndex();
  const present = new Set(readdirSync(folder));
  const stale = [...wanted]
    .filter(([name, text]) => !present.has(name) || readFileSync(folder + name, 'utf8') !== text)
    .map(([name]) => name);
  return [...stale, ...[...present].filter((name) => !wanted.has(name))];
}

export function writeSchemaIndex() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of schemaIndex()) writeFileSync(folder + name, text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--check')) {
    const stale = staleSchemaFiles();
    if (stale.length > 0) {
      console.error(`Out of date in src/model/schema/generated: ${stale.join(', ')}. Run: node scripts/build-schema-index.mjs`);
      process.exitCode = 1;
    }
  } else writeSchemaIndex();
}
