import path from 'node:path';
import { DEFAULT_LIMITS, readTemplate } from '../../readers/index.js';
import type { ConfigSource } from '../config/read-config.js';
import { commentSuppressions, linesAbove } from '../suppression/comments.js';
import type { InlineSuppression } from '../suppression/inline.js';
import { metadataSuppressions } from '../suppression/metadata.js';

/**
 * Whether the trusted revision holds the same suppression at the same thing: a comment with the same words on a line that reads the
 * same, below the same lines, or the same entry in the `Metadata` of the same resource. A comment moved to another resource is a new
 * one; and where there are more equal ones than there were, nobody can tell which are new, so none of them counts.
 * `now`: all inline suppressions of the run.
 */
export function trustedSuppressions(
  base: string,
  source: ConfigSource,
  textNow: (file: string) => string | undefined,
  now: readonly InlineSuppression[],
): (suppression: InlineSuppression) => boolean {
  const byFile = new Map<string, InlineSuppression[]>();
  // The same lines may have been judged in several scopes.
  for (const suppression of new Map(now.map((one) => [JSON.stringify([one.file, one.line, one.by, one.rules]), one])).values())
    byFile.set(suppression.file, [...(byFile.get(suppression.file) ?? []), suppression]);
  const trusted = new Map<string, ReadonlySet<string>>();
  for (const [file, suppressions] of byFile) {
    const before = source.read(path.join(base, file));
    const text = textNow(file);
    if (before === undefined || text === undefined) continue;
    const then = countBy(suppressionsIn(file, before).map((suppression) => keyOf(suppression, before)));
    const today = countBy(suppressions.map((suppression) => keyOf(suppression, text)));
    trusted.set(file, new Set([...today].filter(([key, count]) => count <= (then.get(key) ?? 0)).map(([key]) => key)));
  }
  return (suppression) => {
    const text = textNow(suppression.file);
    return text !== undefined && trusted.get(suppression.file)?.has(keyOf(suppression, text)) === true;
  };
}

function suppressionsIn(file: string, text: string): readonly InlineSuppression[] {
  const read = readTemplate(
    { kind: 'cloudformation', file, named: true },
    {
      read: (wanted) =>
        wanted === file
          ? { ok: true, file, text }
          : { ok: false, reason: 'missing', diagnostic: { level: 'error', code: 'file-missing', message: wanted } },
    },
    { parameters: new Map(), imports: new Map(), foreign: new Map(), limits: DEFAULT_LIMITS },
  );
  const metadata = read.kind === 'scope' ? metadataSuppressions(read.scope).suppressions : [];
  return [...commentSuppressions({ file, text, masked: [] }).suppressions, ...metadata];
}

function keyOf(suppression: InlineSuppression, text: string): string {
  const { rules, reason, until, by, covers } = suppression;
  const on = covers.kind === 'lines' ? linesAbove(text, covers.from) : covers.kind === 'resource' ? covers.id : '';
  return JSON.stringify([by, rules, reason, until ?? '', covers.kind, on]);
}

function countBy(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
