import { parseJson } from './json.js';
import type { Parsed } from './problem.js';
import type { SourceLimits } from './source-limits.js';
import { parseYaml } from './yaml.js';

/**
 * A file's text as a tree. What begins with `{` or `[` is JSON, unless it isn't: YAML has the same brackets, so such a text in a
 * file not named `.json` may be YAML. Everything else is YAML, whatever the name, as for CloudFormation.
 */
export function parseSource(file: string, text: string, limits: SourceLimits): Parsed {
  if (!/^\uFEFF?\s*[{[]/.test(text)) return parseYaml(text, limits);
  const json = parseJson(text, limits);
  if (json.node !== undefined || /\.json$/i.test(file)) return json;
  const yaml = parseYaml(text, limits);
  return yaml.node !== undefined || /\.ya?ml$/i.test(file) ? yaml : json;
}
