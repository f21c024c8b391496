import {
  type Cause,
  isOpen,
  type Location,
  type Origin,
  type Range,
  type Resource,
  type Scope,
  type SourceKind,
  type Spot,
  type Suppression,
  type Value,
} from '../../model/index.js';
import { looksLikeSecret } from '../../secrets/index.js';
import type { Suppressor } from '../suppression/apply.js';
import type { Judgement } from '../unit/judge.js';
import type { StampedFinding } from '../unit/unit.js';
import { escapeText } from './escape-text.js';
import { digestOf, fingerprintOf, type Identity, stablePath } from './fingerprint.js';
import { frameAround } from './frame.js';
import { messageOf, printable } from './message.js';
import { type ShownText, shownText } from './shown-text.js';

/** A judgement with its place found. */
interface Placed {
  readonly judgement: Judgement;
  readonly origin: Origin;
  readonly exact: boolean;
}

/** Gives each judgement of a scope its severity, words, place, frame, fingerprint and suppression. */
export function stampFindings(scope: Scope, judgements: readonly Judgement[], suppressions: Suppressor): readonly StampedFinding[] {
  if (judgements.length === 0) return [];
  const placed = judgements.map((judgement): Placed => ({ judgement, ...placeOf(judgement.resource, judgement.verdict.spot) }));
  const texts = textsOf(scope, placed);
  const occurrences = new Map<string, number>();
  return placed
    .sort(inSourceOrder)
    .map((found) => stamp(found, scope.source, texts, suppressions, (identity) => count(occurrences, identity)));
}

function placeOf(resource: Resource, spot: Spot): { readonly origin: Origin; readonly exact: boolean } {
  return resource.place(spot.path, spot.world, spot.section);
}

function stamp(
  { judgement, origin, exact }: Placed,
  source: SourceKind,
  texts: ReadonlyMap<string, ShownText>,
  suppressions: Suppressor,
  occurrenceOf: (identity: string) => number,
): StampedFinding {
  const { rule, resource, verdict } = judgement;
  const secret = verdict.secret ?? false;
  const partial = {
    rule: rule.id,
    address: resource.address,
    path: stablePath(verdict.spot.path),
    // Who accepted that nobody knows has not accepted the failure it turns out to be.
    digest: (verdict.kind === 'undecided' ? '?' : '') + (secret ? '' : digestOf(resource, verdict.spot, exact)),
  };
  const identity: Identity = { ...partial, occurrence: occurrenceOf(JSON.stringify([fileOf(origin), partial])) };
  const location = locate(origin, exact, texts, { primary: true }, secret);
  const lineHash = secret ? undefined : lineHashOf(location, texts);
  const suppression = suppressionOf(judgement, origin, suppressions);
  const said = messageOf(rule.message, resource, verdict.words);
  const related = verdict.kind === 'fail' ? (verdict.related ?? []) : [];
  return {
    rule: rule.id,
    kind: verdict.kind,
    severity: rule.severity,
    message: verdict.kind === 'fail' ? said : `Undecided whether this holds: ${said}`,
    resource: {
      id: escapeText(resource.id),
      type: escapeText(resource.type),
      address: escapeText(resource.address),
      name: escapeText(resource.name),
      source,
    },
    path: verdict.spot.path,
    location,
    related: related.map((spot) => {
      const place = placeOf(spot.resource, spot);
      return locate(place.origin, place.exact, texts, { primary: false, label: printable(spot.label) }, secret);
    }),
    fingerprint: fingerprintOf(identity, fileOf(origin) ?? ''),
    ...(lineHash === undefined ? {} : { lineHash }),
    ...(verdict.condition === undefined ? {} : { condition: printable(verdict.condition) }),
    because: verdict.kind === 'undecided' ? verdict.because.map(printableCause) : [],
    steps: verdict.kind === 'fail' ? (verdict.steps ?? []).map(printable) : [],
    secret,
    ...(suppression === undefined ? {} : { suppression }),
    identity,
  };
}

function locate(
  origin: Origin,
  exact: boolean,
  texts: ReadonlyMap<string, ShownText>,
  mark: { readonly primary: boolean; readonly label?: string },
  secret: boolean,
): Location {
  const label = mark.label === undefined ? {} : { label: mark.label };
  if (origin.kind !== 'file') return { exact, ...label };
  const source = texts.get(origin.file);
  const range = exact || source === undefined ? origin.range : firstLine(source, origin.range);
  const frame = secret || source === undefined ? undefined : frameAround(source, range, mark);
  return { file: origin.file, range, exact, ...label, ...(frame === undefined ? {} : { frame }) };
}

/** What is absent is shown at the first line of what should hold it: a whole resource would never lie in a pull request's added lines. */
function firstLine(source: ShownText, range: Range): Range {
  if (range.start.line === range.end.line) return range;
  const text = source.lines.line(range.start.line).trimEnd();
  return { start: range.start, end: { line: range.start.line, column: Math.max(text.length + 1, range.start.column) } };
}

function lineHashOf(location: Location, texts: ReadonlyMap<string, ShownText>): string | undefined {
  if (location.file === undefined || location.range === undefined) return undefined;
  return texts.get(location.file)?.lineHash(location.range.start.line);
}

function suppressionOf({ rule, resource }: Judgement, origin: Origin, suppressions: Suppressor): Suppression | undefined {
  const home = resource.origin.kind === 'file' ? { file: resource.origin.file, line: resource.origin.range.start.line } : undefined;
  const range = origin.kind === 'file' ? origin.range : undefined;
  const found = suppressions.for(rule.id, { resource: resource.id, file: fileOf(origin), range, home });
  if (found === undefined) return undefined;
  const { by, reason, until, file, line } = found;
  return { by, reason: printable(reason), ...(until === undefined ? {} : { until }), file, line };
}

function printableCause(cause: Cause): Cause {
  return { kind: cause.kind, words: printable(cause.words), ...(cause.settle === undefined ? {} : { settle: printable(cause.settle) }) };
}

/** The scope's texts; what rules and names tell to be secret is masked in all of them, whichever finding shows it. */
function textsOf(scope: Scope, placed: readonly Placed[]): ReadonlyMap<string, ShownText> {
  let secrets: Map<string, Range[]> | undefined;
  const secretsIn = (file: string): readonly Range[] => {
    secrets ??= secretRanges(scope, placed);
    return secrets.get(file) ?? [];
  };
  return new Map(scope.sources.map((source) => [source.file, shownText(source, () => secretsIn(source.file))]));
}

function secretRanges(scope: Scope, placed: readonly Placed[]): Map<string, Range[]> {
  const ranges = new Map<string, Range[]>();
  const add = (origin: Origin): void => {
    if (origin.kind === 'file') ranges.set(origin.file, [...(ranges.get(origin.file) ?? []), origin.range]);
  };
  for (const { judgement, origin, exact } of placed) if (judgement.verdict.secret === true && exact) add(origin);
  for (const resource of scope.resources) {
    for (const path of secretPaths(resource.properties, '', [])) {
      const place = resource.place(path);
      if (place.exact) add(place.origin);
    }
  }
  return ranges;
}

/** Paths of literals whose name and form tell that they are secret. */
function secretPaths(value: Value, name: string, path: (string | number)[]): (string | number)[][] {
  if (typeof value === 'string') return looksLikeSecret(name, value) === undefined ? [] : [path];
  if (typeof value !== 'object' || value === null || isOpen(value)) return [];
  if (Array.isArray(value)) return value.flatMap((item: Value, index) => secretPaths(item, name, [...path, index]));
  const entries = Object.entries(value as Readonly<Record<string, Value>>); // a map: neither scalar, list nor open
  const named = entries.find(([key, item]) => /^(?:Name|ParameterKey|Key)$/.test(key) && typeof item === 'string')?.[1];
  return entries.flatMap(([key, item]) =>
    secretPaths(item, /^(?:Value|ParameterValue)$/.test(key) && typeof named === 'string' ? named : key, [...path, key]),
  );
}

function fileOf(origin: Origin): string | undefined {
  return origin.kind === 'file' ? origin.file : undefined;
}

function count(occurrences: Map<string, number>, identity: string): number {
  const next = (occurrences.get(identity) ?? 0) + 1;
  occurrences.set(identity, next);
  return next;
}

function inSourceOrder(a: Placed, b: Placed): number {
  const [left, right] = [a.origin, b.origin];
  if (left.kind !== 'file' || right.kind !== 'file') return 0;
  if (left.file !== right.file) return left.file < right.file ? -1 : 1;
  return left.range.start.line - right.range.start.line || left.range.start.column - right.range.start.column;
}
