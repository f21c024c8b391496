import type { Path } from '../model/index.js';
import type { RuleProblem } from './rule-error.js';
import type { Json } from './schema.js';

/** A parsed rule file: its data, and the line of any part of it. */
export interface RuleText {
  readonly file: string;
  readonly data: Json;
  /** The line on which the part is written, or the nearest thing around it. */
  lineOf(path: Path): number;
}

/** Parses a YAML file of rules. The parser is loaded when it is needed, as built rules never need it. */
export async function parseRuleText(file: string, text: string): Promise<RuleText | readonly RuleProblem[]> {
  const { LineCounter, isMap, isScalar, parseDocument } = await import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    return document.errors.map((error) => ({ file, line: lines.linePos(error.pos[0]).line, message: error.message }));
  }
  const lineOf = (path: Path): number => {
    for (let length = path.length; length > 0; length--) {
      const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
      const last = path[length - 1];
      if (isMap(parent)) {
        const key = parent.items.find((pair) => isScalar(pair.key) && pair.key.value === last)?.key;
        if (isScalar(key) && key.range) return lines.linePos(key.range[0]).line;
      }
      const node = document.getIn(path.slice(0, length), true);
      if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
        return lines.linePos(Number(node.range[0])).line;
      }
    }
    return 1;
  };
  try {
    return { file, data: document.toJS({ maxAliasCount: 100 }) as Json, lineOf }; // YAML of the core schema gives JSON values
  } catch (error) {
    return [{ file, line: 1, message: `The file's aliases can't be resolved: ${error instanceof Error ? error.message : String(error)}` }];
  }
}
