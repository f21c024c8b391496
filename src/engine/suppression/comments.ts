import type { Diagnostic, SourceText } from '../../model/index.js';
import { COMMENT_HELP, readComment } from './directive.js';
import type { InlineSuppression } from './inline.js';

export interface FoundSuppressions {
  readonly suppressions: readonly InlineSuppression[];
  readonly diagnostics: readonly Diagnostic[];
}

const MARKER = 'keyward:ignore';

/**
 * The suppressions in a YAML file's comments. One behind a value or key, or on the lines directly above it, covers it with all that is
 * indented below it, so on a logical id it covers the resource; one above the first key covers the file.
 */
export function commentSuppressions(source: SourceText): FoundSuppressions {
  const suppressions: InlineSuppression[] = [];
  const diagnostics: Diagnostic[] = [];
  if (!source.text.includes(MARKER)) return { suppressions, diagnostics };
  const lines = source.text.split(/\r\n|\r|\n/);
  lines.forEach((text, index) => {
    const comment = commentIn(text);
    if (comment === undefined) return;
    const read = readComment(comment.text);
    if (read.ok) {
      const covers = coverOf(lines, index);
      suppressions.push({ ...read.directive, by: 'comment', file: source.file, line: index + 1, covers });
    } else {
      const at = { line: index + 1, column: comment.column };
      diagnostics.push({ level: 'warning', ...read.problem, help: COMMENT_HELP, file: source.file, at });
    }
  });
  return { suppressions, diagnostics };
}

/** A `#` at the line's start or behind a blank begins a comment. */
function commentIn(line: string): { readonly text: string; readonly column: number } | undefined {
  const found = /(?:^|\s)#+\s*keyward:ignore\b/.exec(line);
  if (found === null) return undefined;
  return { text: line.slice(found.index + found[0].length), column: line.indexOf('#', found.index) + 1 };
}

function coverOf(lines: readonly string[], index: number): InlineSuppression['covers'] {
  const first = lines.findIndex((line) => isContent(line) && !/^(?:---|%)/.test(line));
  if (index < first) return { kind: 'file' };
  const own = isContent(lines[index] ?? '') ? index : lines.findIndex((line, at) => at > index && isContent(line));
  const target = own < 0 ? index : own;
  return { kind: 'lines', from: target + 1, to: endOfBlock(lines, target) + 1 };
}

/** The last line that belongs to the entry on the target line. A section of the template itself is too much to cover at once. */
function endOfBlock(lines: readonly string[], target: number): number {
  const indent = indentOf(lines[target] ?? '');
  if (indent === 0) return target;
  let last = target;
  for (let at = target + 1; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (!isContent(line)) continue;
    const deeper = indentOf(line);
    // YAML lets a list stand as far left as the key that holds it.
    const isItemOfKey = deeper === indent && /^\s*-\s/.test(line) && !/^\s*-(\s|$)/.test(lines[target] ?? '');
    if (deeper <= indent && !isItemOfKey) break;
    last = at;
  }
  return last;
}

function isContent(line: string): boolean {
  const text = line.trim();
  return text !== '' && !text.startsWith('#');
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** A line (counted from 1) with the lines that lead to it by their indentation: in YAML, what it is and what it belongs to. */
export function linesAbove(text: string, line: number): readonly string[] {
  const lines = text.split(/\r\n|\r|\n/);
  const chain: string[] = [];
  let indent = Number.POSITIVE_INFINITY;
  for (let at = line - 1; at >= 0 && indent > 0; at -= 1) {
    const here = lines[at] ?? '';
    if (!isContent(here) || indentOf(here) >= indent) continue;
    indent = indentOf(here);
    chain.push(here.trim());
  }
  return chain.reverse();
}
