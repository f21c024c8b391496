import type { PatternEngine } from './pattern.js';

/** Patterns that anyone may have written, on an engine whose time grows with the text only. Throws on what it can't express. */
export async function linearPatterns(): Promise<PatternEngine> {
  const { RE2JS } = await import('re2js');
  const compiled = new Map<string, (text: string) => boolean>();
  return (pattern) => {
    const known = compiled.get(pattern);
    if (known !== undefined) return known;
    const expression = RE2JS.compile(pattern);
    const test = (text: string): boolean => expression.matcher(text).find();
    compiled.set(pattern, test);
    return test;
  };
}
