import type { Span } from '../../../model/index.js';
import type { MapEntry, MapNode } from '../../source/index.js';
import { entriesOf, type Made, type MadeMap, make, mapOf } from './made.js';

/** Something in a SAM template that its user should know. */
export interface SamProblem {
  readonly level: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
  readonly help: string;
  readonly span: Span;
}

/** What the transform would make and this expansion does not: an account of it would lack those resources. */
export interface SamGap {
  /** The logical id of the SAM resource. */
  readonly where: string;
  readonly why: string;
  readonly leavesOpen: string;
  readonly settle: string;
  readonly span: Span;
}

/** A SAM resource, its `Globals` merged in. */
export interface SamResource {
  readonly id: string;
  readonly entry: MapEntry;
  /** `Function`, `Api`: what follows `AWS::Serverless::`. */
  readonly kind: string;
  readonly node: MapNode;
  readonly properties: MapNode;
  /** Where the properties that nobody wrote come from: the line of its `Type`. */
  readonly span: Span;
  /** The resource that the user wrote; another one where SAM makes this for its events. */
  readonly writtenAs: string;
}

/** A resource that the template will hold. */
export interface Draft {
  readonly id: string;
  readonly type: string;
  readonly from: SamResource;
  /** What caused it: the resource's type, a property, an event. */
  readonly span: Span;
  readonly attributes: readonly MapEntry[];
  properties: readonly MapEntry[];
}

/** What the expansion of a template has come to so far. */
export interface Expansion {
  readonly template: MapNode;
  readonly sam: ReadonlyMap<string, SamResource>;
  /** By logical id, in the order made; resources that are not SAM's are in it under their own entry. */
  readonly made: Map<string, Draft>;
  /** Resources of the template that a SAM event adds to, by logical id. */
  readonly changed: Map<string, MapNode>;
  /** Conditions that the expansion needs besides the template's own. */
  readonly conditions: Map<string, MapEntry>;
  readonly problems: SamProblem[];
  readonly gaps: SamGap[];
  /** `Function.Alias` → `FunctionAliaslive`: the names that SAM lets a template refer to. */
  readonly names: Map<string, string>;
}

/** Attributes that what SAM makes has in common with the resource it is made for. */
const PASSED_ON = ['Condition', 'DeletionPolicy', 'UpdateReplacePolicy'];
/** What belongs to SAM and not to the resource itself. */
const SAM_ONLY = new Set(['Type', 'Properties', 'IgnoreGlobals', 'Connectors']);

/** The resource itself under its own id, with its own attributes. */
export function addMain(expansion: Expansion, from: SamResource, type: string, properties: readonly MapEntry[]): Draft {
  const attributes = from.node.entries.filter((entry) => !SAM_ONLY.has(entry.key));
  return add(expansion, { id: from.id, type, from, span: from.span, attributes, properties });
}

/** A resource that SAM adds beside it; `span` is what caused it. */
export function addBeside(expansion: Expansion, from: SamResource, id: string, type: string, span: Span, properties: MadeMap): Draft {
  const attributes = from.node.entries.filter((entry) => PASSED_ON.includes(entry.key));
  return add(expansion, { id, type, from, span, attributes, properties: entriesOf(span, properties) });
}

function add(expansion: Expansion, draft: Draft): Draft {
  expansion.made.set(draft.id, draft);
  return draft;
}

export function setProperty(draft: Draft, name: string, value: Made, span: Span = draft.span): void {
  draft.properties = [...draft.properties.filter((entry) => entry.key !== name), ...entriesOf(span, { [name]: value })];
}

/** The draft as an entry of `Resources`. */
export function entryOf(draft: Draft): MapEntry {
  const { span } = draft;
  const whole = draft.id === draft.from.id ? draft.from.node : span;
  const typed = entriesOf(span, { Type: draft.type });
  const properties = mapOf(draft.id === draft.from.id ? draft.from.properties : span, draft.properties);
  const value = mapOf(whole, [...typed, ...draft.attributes, { key: 'Properties', keySpan: span, value: properties }]);
  return { key: draft.id, keySpan: draft.id === draft.from.id ? draft.from.entry.keySpan : span, value };
}

export function report(expansion: Expansion, level: SamProblem['level'], code: string, message: string, help: string, span: Span): void {
  expansion.problems.push({ level, code, message, help, span: { start: span.start, end: span.end } });
}

export function leaveOpen(expansion: Expansion, where: string, why: string, leavesOpen: string, span: Span): void {
  const settle = 'scan the processed template as well: aws cloudformation get-template --template-stage Processed';
  expansion.gaps.push({ where, why, leavesOpen, settle, span: { start: span.start, end: span.end } });
}

/** Entries of a resource's properties that SAM hands over unchanged, under new names where `renamed` gives one. */
export function handedOver(
  properties: MapNode,
  names: readonly string[],
  renamed: Readonly<Record<string, string>> = {},
): readonly MapEntry[] {
  return names.flatMap((name) => {
    const entry = properties.byKey.get(name);
    return entry === undefined ? [] : [{ ...entry, key: renamed[name] ?? name }];
  });
}

/** SAM's tags are a map; CloudFormation's mostly a list. `marks` are those that SAM adds. */
export function tagList(span: Span, tags: MapNode | undefined, marks: Readonly<Record<string, string>> = {}): Made | undefined {
  const own = tags?.entries.map((entry) => make(entry.keySpan, { Key: make(entry.keySpan, entry.key), Value: entry.value })) ?? [];
  const added = Object.entries(marks).map(([key, value]) => make(span, { Key: key, Value: value }));
  return own.length + added.length === 0 ? undefined : [...added, ...own];
}
