import type { SecretHit } from './hit.js';
import { judge } from './judge.js';
import { indentAt, literalAt } from './literal.js';
import { isCredentialName } from './name.js';

const NAME_FIELD =
  /(?<![\w-])(?:(?:Parameter|Option|Header|Variable)?(?:Name|Key)|name|key)\\?["']?[ \t]{0,8}[:=][ \t]{0,8}\\?["']?(?<name>[\w./:-]{2,160})\\?["']?/dg;
const VALUE_FIELD = /(?<![\w-])(?:(?:Parameter|Option|Header|Variable)?Value|value|Default|default)\\?["']?[ \t]{0,8}[:=][ \t]{0,40}/g;

/** `Name: DB_PASSWORD` with a `Value: …` beside it, in either order, as ECS, SSM and tag lists have them. */
export function findPairs(text: string): SecretHit[] {
  const hits: SecretHit[] = [];
  for (const match of text.matchAll(NAME_FIELD)) {
    const name = match.groups?.name ?? '';
    if (!isCredentialName(name)) continue;
    const before = text.slice(Math.max(0, match.index - 300), match.index);
    const sideBefore = before.slice(
      Math.max(before.lastIndexOf('{'), before.lastIndexOf('}'), before.search(/(?:^|\n)[ ]*- (?![\s\S]*\n[ ]*- )/)) + 1,
    );
    const behindStart = match.index + match[0].length;
    const behind = text.slice(behindStart, behindStart + 400);
    const sideBehind = behind.slice(0, endOfItem(behind));
    for (const [side, offset] of [
      [sideBehind, behindStart],
      [sideBefore, match.index - sideBefore.length],
    ] as const) {
      const hit = valueIn(text, name, side, offset);
      if (hit !== undefined) hits.push(hit);
    }
  }
  return hits;
}

/** CodeBuild: the value beside such a type is the name under which the secret is kept. */
const KEPT_ELSEWHERE = /(?<![\w-])Type\\?["']?[ \t]{0,8}:[ \t]{0,8}\\?["']?(?:SECRETS_MANAGER|PARAMETER_STORE)/;

function valueIn(text: string, name: string, side: string, offset: number): SecretHit | undefined {
  if (KEPT_ELSEWHERE.test(side)) return undefined;
  for (const match of side.matchAll(VALUE_FIELD)) {
    const at = offset + match.index;
    const position = match[0].includes(':') && indentAt(text, at).isFirst ? 'yaml-line' : 'inline';
    const hit = judge(text, name, literalAt(text, at + match[0].length, position), 'literal');
    if (hit !== undefined) return hit;
  }
  return undefined;
}

/** Where the list item or object that holds the pair ends: a closing brace, the next item, or the next name. */
function endOfItem(text: string): number {
  const end = text.search(/\}|\n[ ]*- |(?<![\w-])(?:(?:Parameter|Option|Header|Variable)?(?:Name|Key)|name|key)\\?["']?[ \t]{0,8}[:=]/);
  return end < 0 ? text.length : end;
}
