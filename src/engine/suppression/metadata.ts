import { type Diagnostic, isList, isMap, type Resource, type Scope, type Value } from '../../model/index.js';
import type { FoundSuppressions } from './comments.js';
import { checked } from './directive.js';
import type { InlineSuppression } from './inline.js';

export const METADATA_HELP = 'Write it as: Metadata: { keyward: { ignore: [{ rule: RULE, reason: REASON, until: YYYY-MM-DD }] } }';

/** The suppressions in `Metadata: keyward:` of resources and, where the reader keeps it, of templates. */
export function metadataSuppressions(scope: Scope): FoundSuppressions {
  const suppressions: InlineSuppression[] = [];
  const diagnostics: Diagnostic[] = [];
  const take = (entries: Value | undefined, covers: InlineSuppression['covers'], placeOf: (index: number) => Place | undefined): void => {
    if (entries === undefined) return;
    (isList(entries) ? entries : [entries]).forEach((entry, index) => {
      const place = placeOf(index);
      if (place === undefined) return;
      const read = isMap(entry) ? checked(rulesOf(entry.rule ?? entry.rules), textOf(entry.reason), textOf(entry.until)) : undefined;
      if (read?.ok && read.directive.rules.length > 0) {
        suppressions.push({ ...read.directive, by: 'metadata', file: place.file, line: place.at.line, covers });
        return;
      }
      const problem =
        read !== undefined && !read.ok
          ? read.problem
          : { code: 'suppression-malformed', message: 'This suppression in Metadata can’t be read, so it suppresses nothing.' };
      diagnostics.push({ level: 'warning', ...problem, help: METADATA_HELP, ...place });
    });
  };

  for (const resource of scope.resources) {
    take(ignoreOf(resource.attributes.Metadata), { kind: 'resource', id: resource.id }, (index) => placeIn(resource, index));
  }
  for (const { file, at, metadata } of scope.templateMetadata ?? []) take(ignoreOf(metadata), { kind: 'file' }, () => ({ file, at }));
  return { suppressions, diagnostics };
}

interface Place {
  readonly file: string;
  readonly at: { readonly line: number; readonly column: number };
}

function ignoreOf(metadata: Value | undefined): Value | undefined {
  if (!isMap(metadata) || !isMap(metadata.keyward)) return undefined;
  return metadata.keyward.ignore;
}

function placeIn(resource: Resource, index: number): Place | undefined {
  const { origin } = resource.place(['Metadata', 'keyward', 'ignore', index], undefined, 'attributes');
  return origin.kind === 'file' ? { file: origin.file, at: origin.range.start } : undefined;
}

function rulesOf(value: Value | undefined): readonly string[] {
  if (typeof value === 'string') return value.split(',').map((rule) => rule.trim());
  return isList(value) ? value.filter((rule) => typeof rule === 'string') : [];
}

function textOf(value: Value | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
