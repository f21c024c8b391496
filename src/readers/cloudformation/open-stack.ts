import { ALWAYS, type Formula, Unknown, type Value } from '../../model/index.js';
import type { MapNode, SourceNode } from '../source/node.js';
import { Conditions, isNever } from './condition.js';
import { cyclesIn } from './cycle.js';
import { type Declarations, declareResources } from './declared.js';
import { evaluate } from './evaluate.js';
import { evaluateResource } from './evaluate-resource.js';
import { and } from './formula.js';
import { type DeclaredParameter, declaredParameters, maskSecret, parameterValue, passedValue } from './parameter.js';
import { type Reading, report, type SourceFile, withCursor } from './reading.js';
import type { ResourceDraft } from './resource-draft.js';
import { expandSam } from './sam/index.js';
import { section, topLevel } from './sections.js';
import type { Declared, Entry, Env, Stack } from './stack.js';

/** A template to open: the main one, or a nested one with the values that its parent passes. */
export interface TemplateInput {
  readonly root: MapNode;
  readonly file: SourceFile;
  /** `''` or `Network/`. */
  readonly path: string;
  readonly exists: Formula;
  readonly passed: ReadonlyMap<string, Value>;
  /** Files of the templates around it, outermost first. */
  readonly parents: readonly string[];
}

/** A template with its sections read; its resources are evaluated when they are first asked for. */
export interface OpenStack extends Stack {
  readonly input: TemplateInput;
  readonly env: Env;
  readonly declaredParameters: readonly DeclaredParameter[];
  readonly outputs: ReadonlyMap<string, Entry>;
  readonly top: readonly Entry[];
  /** The resource's values, evaluated once. */
  resource(logicalId: string): ResourceDraft | undefined;
  /** Every resource of this template in order; reports references in circles. */
  resourceDrafts(): readonly ResourceDraft[];
  /** The value of an output; undefined where there is none of that name. */
  output(name: string): Value | undefined;
}

export type NestedOutput = (stack: OpenStack, logicalId: string, output: string, node: SourceNode, env: Env) => Value;

export function openStack(input: TemplateInput, reading: Reading, nestedOutput: NestedOutput): OpenStack {
  const { path, file } = input;
  const { root, madeFrom, problems, gaps } = expandSam(input.root);
  for (const { span, ...problem } of problems) report(reading, file, span, problem);
  for (const { span, where, ...gap } of gaps) {
    reading.gaps.push({ where: `${path}${where}`, ...gap, origin: { kind: 'file', file: file.file, range: file.lines.range(span) } });
  }
  const parameters = new Map<string, Value>();
  const mappings = new Map<string, Entry>();
  const declared: Declarations = { resources: new Map(), dropped: new Map() };
  const links = new Map<string, Set<string>>();
  const drafts = new Map<string, ResourceDraft | 'pending' | undefined>();
  const outputValues = new Map<string, Value | 'pending'>();
  const outputs = new Map<string, Entry>();
  const top: Entry[] = [];
  const parameterDeclarations: DeclaredParameter[] = [];
  let conditions: Conditions | undefined;

  const stack: OpenStack = {
    reading,
    input,
    path,
    file,
    root,
    parameters,
    mappings,
    resources: declared.resources,
    dropped: declared.dropped,
    outputs,
    top,
    declaredParameters: parameterDeclarations,
    get env() {
      return env;
    },
    evaluate,
    conditionOf: (node, at) => conditions?.of(node, at) ?? { op: 'free', id: 'condition', words: 'a condition' },
    nestedOutput: (logicalId, output, node, at) => nestedOutput(stack, logicalId, output, node, at),
    link(logicalId) {
      const { owner, choices } = reading.cursor;
      // What SAM did not expand stands for several resources, so a circle through it need not be one.
      if (owner === undefined || choices > 0 || owner.type.startsWith('AWS::Serverless::')) return;
      const targets = links.get(owner.logicalId);
      if (targets === undefined) links.set(owner.logicalId, new Set([logicalId]));
      else targets.add(logicalId);
    },
    resource(logicalId) {
      const known = drafts.get(logicalId);
      if (known === 'pending') return undefined;
      const declaration = declared.resources.get(logicalId);
      if (known !== undefined || declaration === undefined || !declaration.wellFormed) return known;
      drafts.set(logicalId, 'pending');
      const source = madeFrom.get(logicalId);
      const draft = evaluateResource(declaration, stack, links, source === undefined ? undefined : `${path}${source}`);
      drafts.set(logicalId, draft);
      return draft;
    },
    resourceDrafts() {
      const found: ResourceDraft[] = [];
      for (const logicalId of declared.resources.keys()) {
        const draft = stack.resource(logicalId);
        if (draft !== undefined) found.push(draft);
      }
      reportCycles(links, stack);
      return found;
    },
    output(name) {
      const entry = outputs.get(name);
      if (entry === undefined) return undefined;
      const known = outputValues.get(name);
      if (known === 'pending') return new Unknown({ kind: 'unresolved', words: `output ${path}${name}, which refers to itself` });
      if (known !== undefined) return known;
      outputValues.set(name, 'pending');
      const value = withCursor(reading, undefined, () => evaluateOutput(entry));
      outputValues.set(name, value);
      return value;
    },
  };
  const env: Env = { stack, file, bindings: new Map(), including: [file.file], purpose: 'evaluate' };

  const whole = topLevel(root, env);
  top.push(...whole.entries);
  const sections = (name: string) => section(name, top);
  parameterDeclarations.push(...declaredParameters(sections('Parameters').entries, reading));
  for (const parameter of parameterDeclarations) {
    maskSecret(parameter);
    const passed = input.passed.get(parameter.name);
    const value = passed === undefined ? parameterValue(parameter, path, reading) : passedValue(parameter, passed, reading, path);
    parameters.set(parameter.name, value);
  }
  for (const entry of sections('Mappings').entries) mappings.set(entry.key, entry);
  conditions = new Conditions(new Map(sections('Conditions').entries.map((entry) => [entry.key, entry])), stack);
  conditions.evaluateAll();
  const resources = sections('Resources');
  declareResources(resources.entries, conditions, declared);
  const macro = resources.macro ?? whole.macro;
  if (macro !== undefined) macroGap(stack, macro.words);
  for (const declaration of declared.resources.values()) if (declaration.type.endsWith('::MODULE')) moduleGap(stack, declaration);
  for (const entry of sections('Outputs').entries) {
    const condition = entry.value.kind === 'map' ? entry.value.byKey.get('Condition')?.value : undefined;
    const exists = condition === undefined ? ALWAYS : conditions.of(condition, entry.env);
    if (isWellFormed(entry) && !isNever(exists))
      outputs.set(entry.key, { ...entry, exists: entry.exists === undefined ? exists : and([entry.exists, exists]) });
  }
  if (!top.some((entry) => entry.key === 'Resources')) {
    report(reading, file, root.entries[0]?.keySpan ?? root, {
      level: 'warning',
      code: 'no-resources',
      message: 'The template has no resources.',
      help: 'Add a Resources section, or leave the file out of the scan.',
    });
  }
  return stack;
}

function isWellFormed({ key, keySpan, value, env }: Entry): boolean {
  const fault =
    value.kind === 'map' ? (value.byKey.has('Value') ? undefined : `Output ${key} has no Value.`) : `Output ${key} is not a map.`;
  if (fault === undefined) return true;
  report(env.stack.reading, env.file, keySpan, { level: 'error', code: 'template-shape', message: fault, help: 'Give it a Value.' });
  return false;
}

/** An output that is not made in some worlds has its value in the others, and nothing that is deployed asks for it in the former. */
function evaluateOutput({ value, env }: Entry): Value {
  const written = value.kind === 'map' ? value.byKey.get('Value')?.value : undefined;
  return written === undefined ? null : evaluate(written, env);
}

function reportCycles(links: ReadonlyMap<string, ReadonlySet<string>>, stack: OpenStack): void {
  for (const cycle of cyclesIn(links)) {
    const entry = stack.resources.get(cycle[0] ?? '')?.entry;
    if (entry === undefined) continue;
    report(stack.reading, entry.env.file, entry.keySpan, {
      level: 'error',
      code: 'cyclic-reference',
      message:
        cycle.length === 2 ? `Resource ${cycle[0]} refers to itself.` : `Resources refer to each other in a circle: ${cycle.join(' → ')}.`,
      help: 'Take one of the references out; CloudFormation refuses the template as it is.',
    });
  }
}

function macroGap(stack: OpenStack, words: string): void {
  const { reading, path, file, top, root } = stack;
  reading.gaps.push({
    where: `${path}Resources`,
    why: `The template's resources include ${words}, which is not read.`,
    leavesOpen: 'what it adds or changes is not judged',
    settle: 'scan the processed template as well: aws cloudformation get-template --template-stage Processed',
    origin: { kind: 'file', file: file.file, range: file.lines.range(top.find((entry) => entry.key === 'Resources')?.keySpan ?? root) },
  });
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/modules.html */
function moduleGap({ reading, path }: OpenStack, { logicalId, type, entry }: Declared): void {
  reading.gaps.push({
    where: `${path}${logicalId}`,
    why: `${type} is a module of the account's registry, which is not read.`,
    leavesOpen: 'the resources that it makes are not judged',
    settle: 'scan the processed template as well: aws cloudformation get-template --template-stage Processed',
    origin: { kind: 'file', file: entry.env.file.file, range: entry.env.file.lines.range(entry.keySpan) },
  });
}
