import { isMap, Unknown, type Value } from '../../model/index.js';
import type { SourceNode } from '../source/node.js';
import { callOf } from './call.js';
import { isLocalPath, type Loaded, load } from './load.js';
import { type OpenStack, openStack } from './open-stack.js';
import { isNoEcho, mask } from './parameter.js';
import { report, reportLimit } from './reading.js';
import type { Declared, Env } from './stack.js';

/** The stacks that a scope's templates nest, each opened once, when it is first asked for. */
export class NestedStacks {
  readonly #opened = new Map<string, OpenStack | undefined>();

  /** The stack that a resource nests; undefined where its template is not in the scan, which is a gap. */
  open(parent: OpenStack, declared: Declared): OpenStack | undefined {
    const address = `${parent.path}${declared.logicalId}`;
    if (this.#opened.has(address)) return this.#opened.get(address);
    const draft = parent.resource(declared.logicalId);
    if (draft === undefined) return undefined; // its own properties are being evaluated: a circle, which is reported as one
    const stack = this.#openTemplate(parent, declared, address, isMap(draft.properties) ? draft.properties : {});
    this.#opened.set(address, stack);
    return stack;
  }

  #openTemplate(
    parent: OpenStack,
    declared: Declared,
    address: string,
    properties: Readonly<Record<string, Value>>,
  ): OpenStack | undefined {
    const location = templateOf(parent, declared, address, properties);
    const loaded = location === undefined ? undefined : load(location.path, location.from, parent.reading);
    if (!loaded?.ok || loaded.node.kind !== 'map') {
      gap(parent, declared, address, properties.TemplateURL, loaded);
      return undefined;
    }
    const parents = [...parent.input.parents, parent.file.file];
    if (parents.includes(loaded.file.file)) {
      circle(parent, declared, [...parents.slice(parents.indexOf(loaded.file.file)), loaded.file.file]);
      return undefined;
    }
    const { reading } = parent;
    if (reading.instances >= reading.options.limits.instances) {
      reportLimit(reading, declared.entry.env.file, declared.entry.keySpan, `Nested stack ${address}`);
      return undefined;
    }
    reading.instances += 1;
    const passed = properties.Parameters;
    const stack = openStack(
      {
        root: loaded.node,
        file: loaded.file,
        path: `${address}/`,
        exists: parent.resource(declared.logicalId)?.exists ?? declared.exists,
        passed: new Map(isMap(passed) ? Object.entries(passed) : []),
        parents,
      },
      reading,
      (child, logicalId, output, node, env) => this.output(child, logicalId, output, node, env),
    );
    maskPassed(stack, declared);
    return stack;
  }

  /** `!GetAtt Network.Outputs.VpcId`. */
  output(parent: OpenStack, logicalId: string, name: string, node: SourceNode, env: Env): Value {
    const declared = parent.resources.get(logicalId);
    const stack = declared === undefined ? undefined : this.open(parent, declared);
    const words = `output ${name} of the nested stack ${parent.path}${logicalId}`;
    if (stack === undefined) {
      return new Unknown(
        { kind: 'outside-scan', words: `${words}, whose template is not read` },
        { type: 'string' },
        `${parent.path}${logicalId}.Outputs.${name}`,
      );
    }
    const value = stack.output(name);
    if (value !== undefined) return value;
    if (env.purpose === 'evaluate') {
      report(parent.reading, env.file, node, {
        level: 'error',
        code: 'unresolved-reference',
        message: `GetAtt names ${words}, whose template ${stack.file.file} has no such output.`,
        help: 'Correct the name, or add the output to the nested template.',
      });
    }
    return new Unknown({ kind: 'unresolved', words: `${words}, which is not there` });
  }
}

/** What a template passes to a NoEcho parameter is as secret as the parameter. */
function maskPassed(stack: OpenStack, { node, entry }: Declared): void {
  const properties = node.byKey.get('Properties')?.value;
  const passed = properties?.kind === 'map' ? properties.byKey.get('Parameters')?.value : undefined;
  if (passed?.kind !== 'map') return;
  for (const parameter of stack.declaredParameters) {
    const written = passed.byKey.get(parameter.name)?.value;
    if (written !== undefined && isNoEcho(parameter.node) && callOf(written) === undefined) mask(written, entry.env.file);
  }
}

/** Where a nested template is: as the cloud assembly says, as its asset says, or as its URL says where that is a local path. */
function templateOf(
  parent: OpenStack,
  { entry, node }: Declared,
  address: string,
  properties: Readonly<Record<string, Value>>,
): { readonly path: string; readonly from: string | undefined } | undefined {
  const nested = parent.reading.seed.nested ?? {};
  const metadata = node.byKey.get('Metadata')?.value;
  const asset = metadata?.kind === 'map' ? metadata.byKey.get('aws:asset:path')?.value : undefined;
  const assetPath = asset?.kind === 'scalar' && typeof asset.value === 'string' ? asset.value : undefined;
  const known = [address, ...(assetPath === undefined ? [] : [assetPath])].find((name) => Object.hasOwn(nested, name));
  // What the assembly names is a path from the scan root; a template's own words are relative to it.
  if (known !== undefined) return { path: nested[known] ?? '', from: undefined };
  const url = assetPath ?? properties.TemplateURL;
  return typeof url === 'string' && isLocalPath(url) ? { path: url, from: entry.env.file.file } : undefined;
}

function gap(parent: OpenStack, { entry }: Declared, address: string, url: Value | undefined, loaded: Loaded | undefined): void {
  const where = typeof url === 'string' ? `at ${url}` : 'whose location only deployment tells';
  parent.reading.gaps.push({
    where: address,
    why: loaded !== undefined && !loaded.ok ? loaded.why : `The nested template ${where} is outside the scan.`,
    leavesOpen: `resources of the nested stack ${address} are not judged`,
    settle: 'scan a copy of the nested template beside its parent, and name it by a local path',
    origin: { kind: 'file', file: entry.env.file.file, range: entry.env.file.lines.range(entry.keySpan) },
  });
}

function circle(parent: OpenStack, { entry }: Declared, files: readonly string[]): void {
  report(parent.reading, entry.env.file, entry.keySpan, {
    level: 'error',
    code: 'cyclic-reference',
    message: `The nested templates include each other in a circle: ${files.join(' → ')}.`,
    help: 'Take one of the nested stacks out.',
  });
}
