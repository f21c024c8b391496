import { ALWAYS, type Diagnostic, type Export, type Scope, type Span, type Variable, type VariableId } from '../../model/index.js';
import type { FileAccess, ReadOptions, ReadResult, ScopeSeed } from '../reader.js';
import { recognise } from '../recognise.js';
import type { MapNode } from '../source/node.js';
import { coerce } from './coerce.js';
import { settleCompared } from './compared.js';
import { declarationDrafts } from './declarations.js';
import { evaluate } from './evaluate.js';
import { parse } from './load.js';
import { NestedStacks } from './nested-stack.js';
import { type OpenStack, openStack } from './open-stack.js';
import { type Reading, type SourceFile, withCursor } from './reading.js';
import { finish, type ResourceDraft } from './resource-draft.js';
import { templateMetadata } from './template-metadata.js';

/**
 * One template with the stacks it nests, evaluated as far as the source tells. A file that is no template is skipped where it was
 * met on a walk and failed where the user named it; a template with faults is judged as far as they leave it.
 */
export function readTemplate(seed: ScopeSeed, access: FileAccess, options: ReadOptions): ReadResult {
  const found = access.read(seed.file);
  if (!found.ok) return { kind: 'failed', diagnostics: [found.diagnostic] };
  const recognised = recognise(found.file, found.text);
  const what = recognised.kind === 'other' ? recognised.what : 'a cloud assembly';
  if (recognised.kind !== 'cloudformation' && !seed.named) return notTemplate(seed, what);
  const reading = startReading(seed, access, options);
  const loaded = parse(found.file, found.text, reading);
  if (!loaded.ok) return { kind: 'failed', diagnostics: reading.diagnostics };
  if (loaded.node.kind !== 'map') return notTemplate(seed, 'a text without template resources');
  // A file that was named may be a template without a resource of AWS, such as one of modules alone.
  if (recognised.kind !== 'cloudformation' && !loaded.node.byKey.has('Resources')) return notTemplate(seed, what);
  const stacks = readStacks(loaded.node, loaded.file, reading);
  return { kind: 'scope', scope: scopeOf(reading, stacks), diagnostics: distinctDiagnostics(reading.diagnostics) };
}

function notTemplate(seed: ScopeSeed, what: string): ReadResult {
  if (!seed.named) return { kind: 'skipped', reason: what };
  const diagnostic: Diagnostic = {
    level: 'error',
    code: 'not-a-template',
    message: `This is ${what}, not a CloudFormation template.`,
    help: 'Name a file with a Resources section, or a folder to search.',
    file: seed.file,
  };
  return { kind: 'failed', diagnostics: [diagnostic] };
}

function startReading(seed: ScopeSeed, access: FileAccess, options: ReadOptions): Reading {
  return {
    scopeId: seed.file,
    seed,
    access,
    options,
    account: options.account ?? seed.account,
    region: options.region ?? seed.region,
    variables: new Map(),
    loaded: new Map(),
    parsed: new Map(),
    files: new Map(),
    diagnostics: [],
    gaps: [],
    resources: [],
    exports: [],
    imports: new Set(),
    uses: new Map(),
    cursor: { owner: undefined, path: [], choices: 0 },
    instances: 0,
    anonymous: 0,
  };
}

function readStacks(root: MapNode, file: SourceFile, reading: Reading): readonly OpenStack[] {
  const nested = new NestedStacks();
  const main = openStack(
    { root, file, path: '', exists: ALWAYS, passed: new Map(), parents: [] },
    reading,
    (stack, logicalId, output, node, env) => nested.output(stack, logicalId, output, node, env),
  );
  const drafts: ResourceDraft[] = [];
  const stacks: OpenStack[] = [main];
  // Nested stacks are found while the list grows.
  for (const stack of stacks) {
    drafts.push(...stack.resourceDrafts());
    for (const declared of stack.resources.values()) {
      const child = declared.type === 'AWS::CloudFormation::Stack' && declared.wellFormed ? nested.open(stack, declared) : undefined;
      if (child !== undefined) stacks.push(child);
    }
    for (const name of stack.outputs.keys()) stack.output(name);
  }
  for (const stack of stacks) reading.exports.push(...exportsOf(stack));
  for (const stack of stacks) drafts.push(...declarationDrafts(stack));
  settleCompared(drafts, reading);
  for (const draft of drafts) reading.resources.push(finish(draft, reading));
  return stacks;
}

function exportsOf(stack: OpenStack): readonly Export[] {
  const { reading } = stack;
  return [...stack.outputs.values()].flatMap(({ key, keySpan, value, env }): Export[] => {
    const written = value.kind === 'map' ? value.byKey.get('Export')?.value : undefined;
    const name = written?.kind === 'map' ? written.byKey.get('Name')?.value : undefined;
    if (name === undefined) return [];
    const evaluated = withCursor(reading, undefined, () => evaluate(name, env));
    return [
      {
        name: coerce(evaluated, { type: 'string' }, reading),
        value: coerce(stack.output(key) ?? null, undefined, reading),
        origin: { kind: 'file', file: env.file.file, range: env.file.lines.range(keySpan) },
      },
    ];
  });
}

function scopeOf(reading: Reading, stacks: readonly OpenStack[]): Scope {
  const metadata = templateMetadata(stacks);
  const { account, region, scopeId } = reading;
  const variables = new Map<VariableId, Variable>();
  for (const [id, { compared, met: _, ...variable }] of reading.variables) variables.set(id, { ...variable, compared: [...compared] });
  const sources = [...reading.files.values()].map(({ file, text, masked }) => ({ file, text, masked: distinct(masked) }));
  return {
    id: scopeId,
    source: 'cloudformation',
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
    resources: reading.resources,
    variables,
    exports: reading.exports,
    imports: [...reading.imports].sort(),
    foreign: reading.options.foreign,
    gaps: reading.gaps,
    sources,
    included: sources.map(({ file }) => file).filter((file) => file !== scopeId),
    ...(metadata.length === 0 ? {} : { templateMetadata: metadata }),
  };
}

/** A template that is nested twice has its secrets found twice. */
function distinct(spans: readonly Span[]): readonly Span[] {
  return [...new Map(spans.map((span) => [`${span.start}-${span.end}`, span])).values()];
}

/** A template that is nested twice has its faults found twice. */
function distinctDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length < 2) return diagnostics;
  return [...new Map(diagnostics.map((one) => [`${one.file}:${one.at?.line}:${one.at?.column} ${one.code} ${one.message}`, one])).values()];
}
