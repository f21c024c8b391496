import { duplicateKey } from './duplicate-key.js';
import { type LineIndex, lineIndex } from './line-index.js';
import type { Parsed, Problem } from './problem.js';
import { emptyFile, problemOf, Refusal, tooDeep } from './refusal.js';
import type { SourceLimits } from './source-limits.js';
import { YamlBuilder } from './yaml-builder.js';
import { buildFromDocuments } from './yaml-documents.js';
import { buildFromEvents } from './yaml-events.js';

/** More values than the largest template can hold, written out. */
const EXPANDED_NODES = 1_000_000;

/**
 * The first document of a YAML text as a tree. Two parsers: js-yaml's events are 4 times as fast; where they fail, the
 * `yaml` package reads the text again, because it takes what CloudFormation takes and says well what is wrong.
 * Never throws; a text that can't be read gives exactly one error.
 */
export function parseYaml(text: string, limits: SourceLimits): Parsed {
  return parseWith(text, limits, [buildFromEvents, buildFromDocuments]);
}

type Build = (text: string, builder: YamlBuilder, depth: number) => number | undefined;

/** The same by the given ways only, each tried where the one before it failed; for tests that compare them. */
export function parseWith(text: string, limits: SourceLimits, ways: readonly Build[]): Parsed {
  let lines: LineIndex | undefined;
  const at = (): LineIndex => {
    lines ??= lineIndex(text);
    return lines;
  };
  let refusal = emptyFile();
  for (const way of ways) {
    const builder = new YamlBuilder(text, { depth: limits.depth, expanded: EXPANDED_NODES });
    try {
      const second = way(text, builder, limits.depth);
      if (builder.root === undefined) break;
      return {
        node: builder.root,
        problems: [...builder.duplicates.map((found) => duplicateKey(found, at())), ...otherDocuments(second, at)],
      };
    } catch (cause) {
      refusal = refusalFrom(cause, limits.depth);
      if (cause instanceof Refusal || refusal.code === 'too-deep') break;
    }
  }
  return { problems: [problemOf(refusal, at())] };
}

function otherDocuments(second: number | undefined, lines: () => LineIndex): readonly Problem[] {
  if (second === undefined) return [];
  return [
    {
      level: 'warning',
      code: 'several-documents',
      message: 'The file holds more than one YAML document; only the first is read.',
      help: 'Put each template into a file of its own.',
      at: lines().position(second),
    },
  ];
}

/** js-yaml's exception, or what the `yaml` package throws on texts too deep for the stack. */
function refusalFrom(cause: unknown, depth: number): Refusal {
  if (cause instanceof Refusal) return cause;
  if (cause instanceof RangeError) return tooDeep(depth, 0);
  const offset = positionOf(cause);
  const reason = cause instanceof Error && 'reason' in cause ? String(cause.reason) : String(cause);
  if (reason.startsWith('nesting exceeded')) return tooDeep(depth, offset);
  return new Refusal(
    'yaml-syntax',
    `The YAML is malformed: ${reason}.`,
    'Correct the syntax here; the cause may be on the line before.',
    offset,
  );
}

function positionOf(cause: unknown): number {
  if (!(cause instanceof Error) || !('mark' in cause)) return 0;
  // js-yaml's exception carries its place as `mark`.
  const mark = cause.mark as { readonly position?: number } | undefined;
  return mark?.position ?? 0;
}
