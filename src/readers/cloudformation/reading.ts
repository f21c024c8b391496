import type { Diagnostic, Export, Gap, Path, Resource, Scalar, Span, Value, ValueType, VariableId } from '../../model/index.js';
import type { FileAccess, ReadOptions, ScopeSeed } from '../reader.js';
import type { LineIndex } from '../source/line-index.js';
import type { Loaded } from './load.js';

/** One file of a scope: its text, its lines, and the stretches no output may show. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly masked: Span[];
}

/** A variable while its scope is read: the literals it is compared with are still being found. */
export interface DraftVariable {
  readonly id: VariableId;
  readonly words: string;
  readonly type: ValueType;
  readonly values?: readonly Value[];
  readonly compared: Set<Scalar>;
  /** Present for pseudo parameters: literals met in comparisons, of which those that a resource rests on become `compared`. */
  readonly met?: Set<Scalar>;
  readonly default?: Value;
  readonly settle?: string;
  readonly masked?: boolean;
}

/** Where a parameter is used: the property path of a resource. */
export interface Use {
  readonly resource: string;
  readonly type: string;
  readonly path: Path;
}

/** Who is being evaluated, so that a use of a parameter or a reference can be put down to it. */
export interface Cursor {
  /** The stack-wide address of the resource; undefined while conditions and outputs are evaluated. */
  owner: { readonly address: string; readonly logicalId: string; readonly type: string } | undefined;
  path: (string | number)[];
  /** How many undecided `Fn::If` surround the place: what is referred to in there is not certain. */
  choices: number;
}

/** Everything that builds up while one scope is read, nested stacks included. */
export interface Reading {
  readonly scopeId: string;
  readonly seed: ScopeSeed;
  readonly access: FileAccess;
  readonly options: ReadOptions;
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly variables: Map<VariableId, DraftVariable>;
  /** Files by how they were named, and by where they are. */
  readonly loaded: Map<string, Loaded>;
  readonly parsed: Map<string, Loaded>;
  readonly files: Map<string, SourceFile>;
  readonly diagnostics: Diagnostic[];
  readonly gaps: Gap[];
  readonly resources: Resource[];
  readonly exports: Export[];
  readonly imports: Set<string>;
  readonly uses: Map<VariableId, Use[]>;
  readonly cursor: Cursor;
  /** Instances made so far by loops, against `limits.instances`. */
  instances: number;
  /** Comparisons met so far whose sides have no identity. */
  anonymous: number;
}

export function report(reading: Reading, file: SourceFile, span: Span, diagnostic: Omit<Diagnostic, 'file' | 'at'>): void {
  reading.diagnostics.push({ ...diagnostic, file: file.file, at: file.lines.position(span.start) });
}

/** Says once that a scope makes more instances than are judged; what goes beyond the limit is left out. */
export function reportLimit(reading: Reading, file: SourceFile, span: Span, what: string): void {
  if (reading.diagnostics.some(({ code }) => code === 'too-many-instances')) return;
  report(reading, file, span, {
    level: 'error',
    code: 'too-many-instances',
    message: `${what} goes beyond ${reading.options.limits.instances} instances of loops, includes and nested stacks; the rest is not judged.`,
    help: 'Shorten the lists, or raise the limit on instances.',
  });
}

/** Runs `work` with another owner at the cursor, and puts the cursor back. */
export function withCursor<T>(reading: Reading, owner: Cursor['owner'], work: () => T): T {
  const { cursor } = reading;
  const before = { ...cursor };
  Object.assign(cursor, { owner, path: [], choices: 0 });
  try {
    return work();
  } finally {
    Object.assign(cursor, before);
  }
}
