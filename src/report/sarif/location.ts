import type { PhysicalLocation, Location as SarifLocation } from 'sarif';
import type { Finding, Location } from '../../model/index.js';
import { visible } from '../html/visible.js';
import { cut, LIMITS } from './limits.js';

export const ROOT = '%SRCROOT%';

/** Where in a file; undefined for what stands in no file below the scan root. `snippet` is never given for a secret. */
export function physicalLocation(location: Location, snippet?: string): PhysicalLocation | undefined {
  const uri = location.file === undefined ? undefined : relativeUri(location.file);
  if (uri === undefined) return undefined;
  const { start, end } = location.range ?? { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } };
  // An empty region marks nothing, and some hosts refuse it.
  const isEmpty = start.line === end.line && end.column <= start.column;
  return {
    artifactLocation: { uri, uriBaseId: ROOT },
    region: {
      startLine: start.line,
      startColumn: start.column,
      endLine: end.line,
      endColumn: isEmpty ? start.column + 1 : end.column,
      ...(snippet === undefined || snippet === '' ? {} : { snippet: { text: snippet } }),
    },
  };
}

/** RFC 3986, relative, each segment encoded; undefined for absolute paths, which no host could follow. */
function relativeUri(file: string): string | undefined {
  if (/^(?:[/\\]|[A-Za-z]:[/\\])/.test(file)) return undefined;
  const segments = file.split('/').filter((segment) => segment !== '' && segment !== '.');
  return segments.length === 0
    ? undefined
    : segments.map((segment) => encodeURIComponent(segment.replace(/[\ud800-\udfff]/gu, '\ufffd'))).join('/');
}

/** The marked text of the finding's frame. */
export function snippetOf(finding: Finding): string | undefined {
  if (finding.secret) return undefined;
  const marked = finding.location.frame?.lines.flatMap((line) =>
    line.marks.filter((mark) => mark.primary).map((mark) => line.text.slice(mark.start, mark.end)),
  );
  return marked === undefined ? undefined : visible(marked.join('\n'));
}

export function logicalLocation({ resource }: Finding): NonNullable<SarifLocation['logicalLocations']>[number] {
  return { name: cut(visible(resource.name), LIMITS.nameLength), fullyQualifiedName: visible(resource.address), kind: 'resource' };
}

/** Related places, then those that have the same cause, numbered from 1, within what a host takes beside the first location. */
export function relatedLocations(finding: Finding): SarifLocation[] {
  const places = [
    ...finding.related.map((location) => [location, location.label ?? 'Related.'] as const),
    ...finding.also.map((location) => [location, 'The same here.'] as const),
  ];
  const related: SarifLocation[] = [];
  for (const [location, label] of places) {
    const physical = physicalLocation(location);
    if (physical === undefined || related.length >= LIMITS.locationsInResult - 1) continue;
    related.push({ id: related.length + 1, physicalLocation: physical, message: { text: visible(label) } });
  }
  return related;
}
