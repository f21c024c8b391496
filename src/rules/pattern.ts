/** Makes a test of a regular expression that may match anywhere in a text, as JSON Schema means `pattern`. */
export type PatternEngine = (pattern: string) => (text: string) => boolean;

const compiled = new Map<string, (text: string) => boolean>();

/** For patterns of our own rules, which are reviewed. User rules get a linear-time engine instead. */
export const builtinPatterns: PatternEngine = (pattern) => {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const expression = new RegExp(pattern, 'u');
  const test = (text: string): boolean => expression.test(text);
  compiled.set(pattern, test);
  return test;
};

/** What is known of a text that is not wholly known. */
export interface PartialText {
  readonly prefix: string;
  readonly suffix: string;
  /** Literal stretches in order, prefix and suffix included. */
  readonly literals: readonly string[];
}

/**
 * Whether a text with unknown parts matches. True where a known stretch matches alone and nothing in the pattern looks
 * beyond it; false where the pattern's literal beginning or end contradicts the known one; else undefined.
 */
export function matchesPartly(pattern: string, text: PartialText, engine: PatternEngine): boolean | undefined {
  const looksAround = /\\[bB]|\(\?/.test(pattern);
  const outside = pattern.replace(/\\./gs, '').replace(/\[[^\]]*\]/g, '');
  const fromStart = outside.includes('^');
  const toEnd = outside.includes('$');
  if (!looksAround) {
    const test = engine(pattern);
    if (!fromStart && !toEnd && text.literals.some((part) => part !== '' && test(part))) return true;
    if (fromStart && !toEnd && text.prefix !== '' && test(text.prefix)) return true;
    if (toEnd && !fromStart && text.suffix !== '' && test(text.suffix)) return true;
  }
  if (outside.includes('|')) return undefined;
  if (pattern.startsWith('^')) {
    const begins = literalRun(pattern.slice(1));
    const common = Math.min(begins.length, text.prefix.length);
    if (begins.slice(0, common) !== text.prefix.slice(0, common)) return false;
  }
  const tail = /^\^?((?:[^\\^$.*+?()[\]{}|]|\\[^a-zA-Z0-9])*)\$$/.exec(pattern)?.[1];
  if (tail !== undefined) {
    const ends = literalRun(tail);
    const common = Math.min(ends.length, text.suffix.length);
    if (common > 0 && ends.slice(-common) !== text.suffix.slice(-common)) return false;
  }
  return undefined;
}

/** The literal text a pattern begins with; a character under a quantifier does not count. */
function literalRun(pattern: string): string {
  let run = '';
  for (let at = 0; at < pattern.length; ) {
    const escaped = pattern[at] === '\\';
    const char = (escaped ? pattern[at + 1] : pattern[at]) ?? '';
    if (escaped ? /[a-zA-Z0-9]/.test(char) : /[\^$.*+?()[\]{}|]/.test(char)) break;
    const next = at + (escaped ? 2 : 1);
    if (/[*+?{]/.test(pattern[next] ?? '')) break;
    run += char;
    at = next;
  }
  return run;
}
