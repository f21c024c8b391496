export * from './decode-text.js';
export { parseJson } from './json.js';
export { type LineIndex, lineIndex } from './line-index.js';
export * from './node.js';
export * from './parse-source.js';
export type { Parsed, Problem } from './problem.js';
export type { SourceLimits } from './source-limits.js';
export { parseYaml } from './yaml.js';
