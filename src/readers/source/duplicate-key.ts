import type { LineIndex } from './line-index.js';
import type { DuplicateKey } from './map-node.js';
import type { Problem } from './problem.js';

export function duplicateKey({ key, dropped, kept }: DuplicateKey, lines: LineIndex): Problem {
  const at = lines.position(dropped.start);
  const later = lines.position(kept.start);
  return {
    level: 'warning',
    code: 'duplicate-key',
    message: `Key ${JSON.stringify(key)} is given again at line ${later.line}, column ${later.column}; only the last one counts.`,
    help: 'Keep one of the two.',
    at,
  };
}
