import type { Finding, Location } from '../model/index.js';
import { oneLine } from './one-line.js';

/** `path:line:column`, as editors and terminals link it; undefined for what stands in no file. */
export function placeOf(location: Location): string | undefined {
  if (location.file === undefined) return undefined;
  const file = oneLine(location.file);
  if (location.range === undefined) return file;
  const { line, column } = location.range.start;
  return `${file}:${line}:${column}`;
}

/** The finding's place, or the resource's address where it stands in no file. */
export function placeOfFinding(finding: Finding): string {
  return placeOf(finding.location) ?? oneLine(finding.resource.address);
}
