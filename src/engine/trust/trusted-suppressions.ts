import path from 'node:path';
import { DEFAULT_LIMITS, readTemplate } from '../../readers/index.js';
import type { ConfigSource } from '../config/read-config.js';
import { commentSuppressions } from '../suppression/comments.js';
import type { InlineSuppression } from '../suppression/inline.js';
import { metadataSuppressions } from '../suppression/metadata.js';

/**
 * Whether the trusted revision holds the same suppression at the same thing: a comment with the same words on a line that reads the
 * same, or the same entry in the `Metadata` of the same resource. A comment moved to another resource is a new one.
 */
export function trustedSuppressions(
  base: string,
  source: ConfigSource,
  textNow: (file: string) => string | undefined,
): (suppression: InlineSuppression) => boolean {
  const known = new Map<string, ReadonlySet<string>>();
  const before = (file: string): ReadonlySet<string> => {
    const seen = known.get(file);
    if (seen !== undefined) return seen;
    const text = source.read(path.join(base, file));
    const keys = text === undefined ? new Set<string>() : suppressionKeys(file, text);
    known.set(file, keys);
    return keys;
  };
  return (suppression) => {
    const text = textNow(suppression.file);
    return text !== undefined && before(suppression.file).has(keyOf(suppression, text));
  };
}

function suppressionKeys(file: string, text: string): ReadonlySet<string> {
  const comments = commentSuppressions({ file, text, masked: [] }).suppressions.map((suppression) => keyOf(suppression, text));
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
  const metadata =
    read.kind === 'scope' ? metadataSuppressions(read.scope).suppressions.map((suppression) => keyOf(suppression, text)) : [];
  return new Set([...comments, ...metadata]);
}

function keyOf(suppression: InlineSuppression, text: string): string {
  const { rules, reason, until, by, covers } = suppression;
  const on =
    covers.kind === 'lines' ? (text.split(/\r\n|\r|\n/)[covers.from - 1] ?? '').trim() : covers.kind === 'resource' ? covers.id : '';
  return JSON.stringify([by, rules, reason, until ?? '', covers.kind, on]);
}
