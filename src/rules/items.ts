import type { Path, Value } from '../model/index.js';
import { type Judging, judge, openCauses, presence, unlessAbsent } from './kleene.js';
import { conjunction, failsAt, HOLDS, type Leaf, mergeCauses, type Outcome, openAt } from './outcome.js';
import type { SchemaObject } from './schema.js';

/** The keywords about lists. Items that may turn out absent widen the counts. */
export function judgeItems(
  keyword: 'minItems' | 'maxItems' | 'items' | 'contains',
  schema: SchemaObject,
  list: readonly Value[],
  path: Path,
  judging: Judging,
): Outcome {
  switch (keyword) {
    case 'minItems':
    case 'maxItems':
      return judgeLength(keyword, schema, list, path);
    case 'items':
      return conjunction(
        list.map((item, index) => unlessAbsent(judge(schema.items ?? true, item, [...path, index], judging), item, [...path, index])),
      );
    case 'contains':
      return judgeContains(schema, list, path, judging);
  }
}

function judgeLength(keyword: 'minItems' | 'maxItems', schema: SchemaObject, list: readonly Value[], path: Path): Outcome {
  const states = list.map(presence);
  const least = states.filter((state) => state === true).length;
  const most = least + states.filter((state) => state === undefined).length;
  const fits = (count: number): boolean => (keyword === 'minItems' ? count >= (schema.minItems ?? 0) : count <= (schema.maxItems ?? 0));
  if (fits(least) && fits(most)) return HOLDS;
  if (!fits(least) && !fits(most)) return failsAt(path, list);
  return openAt(path, mergeCauses(...list.filter((item) => presence(item) === undefined).map(openCauses)), list);
}

function judgeContains(schema: SchemaObject, list: readonly Value[], path: Path, judging: Judging): Outcome {
  const min = schema.minContains ?? 1;
  const max = schema.maxContains ?? Number.POSITIVE_INFINITY;
  let sure = 0;
  const matching: Leaf[] = [];
  const open: Leaf[] = [];
  for (const [index, item] of list.entries()) {
    const here = [...path, index];
    const outcome = judge(schema.contains ?? true, item, here, judging);
    const there = presence(item);
    if (there === false || outcome.truth === false) continue;
    if (outcome.truth === true && there === true) {
      sure++;
      matching.push({ path: here, value: item, because: [] });
    } else open.push(...(outcome.truth === undefined ? outcome.leaves : [{ path: here, value: item, because: openCauses(item) }]));
  }
  const possible = open.length > 0;
  if (sure >= min && sure <= max && (!possible || max === Number.POSITIVE_INFINITY)) return HOLDS;
  if (sure > max) return { truth: false, leaves: matching };
  if (!possible) return failsAt(path, list);
  // Which of the open items match is not known, so neither bound is settled by them.
  return sure + openItems(list, schema, path, judging) < min ? failsAt(path, list) : { truth: undefined, leaves: open };
}

function openItems(list: readonly Value[], schema: SchemaObject, path: Path, judging: Judging): number {
  return list.filter((item, index) => {
    if (presence(item) === false) return false;
    const { truth } = judge(schema.contains ?? true, item, [...path, index], judging);
    return truth === undefined || (truth === true && presence(item) === undefined);
  }).length;
}
