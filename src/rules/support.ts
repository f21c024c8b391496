import { isList, isMap, type Path, type Value } from '../model/index.js';
import { type Judging, judge } from './kleene.js';
import { type Leaf, reach } from './outcome.js';
import type { Schema } from './schema.js';

/**
 * The places that make a holding schema hold: where a `not` fails, these are what a reader should look at. Of parts that
 * all have to hold the deepest is taken, so that `not: { properties: …, required: … }` points at one property; of a list,
 * every matching item.
 */
export function support(schema: Schema, value: Value, path: Path, judging: Judging): readonly Leaf[] {
  const here: readonly Leaf[] = [{ path, value, because: [] }];
  if (typeof schema === 'boolean') return here;
  let best = here;
  const offer = (leaves: readonly Leaf[]): void => {
    if (reach(leaves) > reach(best)) best = leaves;
  };
  if (isMap(value)) {
    for (const [name, part] of Object.entries(schema.properties ?? {})) {
      const inner = Object.hasOwn(value, name) ? value[name] : undefined;
      if (inner !== undefined) offer(support(part, inner, [...path, name], judging));
    }
    for (const name of [...(schema.required ?? []), ...(schema.stated ?? [])]) {
      const inner = value[name];
      if (inner !== undefined) offer([{ path: [...path, name], value: inner, because: [] }]);
    }
  }
  const { contains } = schema;
  if (contains !== undefined && isList(value)) {
    offer(
      value.flatMap((item, index) =>
        holds(contains, item, [...path, index], judging) ? support(contains, item, [...path, index], judging) : [],
      ),
    );
  }
  for (const part of schema.allOf ?? []) offer(support(part, value, path, judging));
  for (const part of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) {
    if (holds(part, value, path, judging)) offer(support(part, value, path, judging));
  }
  if (schema.not !== undefined) offer(judge(schema.not, value, path, judging).leaves);
  return best;
}

function holds(schema: Schema, value: Value, path: Path, judging: Judging): boolean {
  return judge(schema, value, path, judging).truth === true;
}
