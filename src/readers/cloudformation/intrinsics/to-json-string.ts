import { Absent, Choice, isList, isMap, isOpen, type TextPart, Unknown, type Value } from '../../../model/index.js';
import { overChoices } from '../choice.js';
import { computed } from '../computed.js';
import { partsOf, textWithin } from '../text.js';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-ToJsonString.html */
export function toJsonString(argument: Value): Value {
  const choices: Choice[] = [];
  collectChoices(argument, choices);
  if (choices.length === 0) {
    const parts = json(argument);
    return parts === undefined ? computed('Fn::ToJsonString', [argument], { type: 'string' }) : textWithin(parts);
  }
  return overChoices(choices, (leaves) =>
    toJsonString(settled(argument, new Map(choices.map((choice, index) => [choice, leaves[index] ?? null])))),
  );
}

function collectChoices(value: Value, found: Choice[]): void {
  if (value instanceof Choice) found.push(value);
  else if (isList(value)) for (const item of value) collectChoices(item, found);
  else if (isMap(value)) for (const item of Object.values(value)) collectChoices(item, found);
}

/** The value with its choices taken and what is absent gone. */
function settled(value: Value, taken: ReadonlyMap<Choice, Value>): Value {
  if (value instanceof Choice) return taken.get(value) ?? null;
  if (isList(value)) return value.map((item) => settled(item, taken)).filter((item) => !(item instanceof Absent));
  if (!isMap(value)) return value;
  const entries = Object.entries(value).map(([key, item]): [string, Value] => [key, settled(item, taken)]);
  return Object.fromEntries(entries.filter(([, item]) => !(item instanceof Absent)));
}

/** The parts of the JSON text; undefined where an open value may be anything but a string. */
function json(value: Value): readonly TextPart[] | undefined {
  if (typeof value !== 'object' || value === null) return [JSON.stringify(value)];
  if (isList(value)) return wrapped('[', value.map(json), ']');
  if (isMap(value)) {
    const members = Object.entries(value).map(([key, item]) => {
      const inner = json(item);
      return inner === undefined ? undefined : [`${JSON.stringify(key)}:`, ...inner];
    });
    return wrapped('{', members, '}');
  }
  if (value instanceof Unknown && value.domain.type !== 'string') return undefined;
  const parts = isOpen(value) ? partsOf(value) : undefined;
  if (parts === undefined) return undefined;
  return ['"', ...parts.map((part) => (typeof part === 'string' ? JSON.stringify(part).slice(1, -1) : part)), '"'];
}

function wrapped(open: string, members: readonly (readonly TextPart[] | undefined)[], close: string): readonly TextPart[] | undefined {
  const parts: TextPart[] = [open];
  for (const [index, member] of members.entries()) {
    if (member === undefined) return undefined;
    if (index > 0) parts.push(',');
    parts.push(...member);
  }
  return [...parts, close];
}
