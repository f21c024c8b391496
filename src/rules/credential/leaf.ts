import { Choice, isList, isMap, type Path, type Value, type ValueMap } from '../../model/index.js';

/** A scalar or open value with its path and the name it is given. */
export interface Leaf {
  readonly name: string;
  readonly value: Value;
  readonly path: Path;
}

/**
 * Calls `visit` with every scalar and open value below, of both branches where a condition chooses. The name is the property's; of a
 * declaration's default it is the declared one, of `{ Name: X, Value: … }` it is X. The path changes as the walk goes on: copy what you keep.
 */
export function visitLeaves(value: Value, name: string, visit: (leaf: Leaf) => void, path: (string | number)[] = []): void {
  if (value instanceof Choice) {
    visitLeaves(value.then, name, visit, path);
    visitLeaves(value.otherwise, name, visit, path);
  } else if (isList(value)) {
    for (let index = 0; index < value.length; index++) {
      path.push(index);
      visitLeaves(value[index] ?? null, name, visit, path);
      path.pop();
    }
  } else if (isMap(value)) {
    for (const key of Object.keys(value)) {
      path.push(key);
      visitLeaves(value[key] ?? null, nameOf(key, value, name), visit, path);
      path.pop();
    }
  } else if (value !== null) {
    visit({ name, value, path });
  }
}

function nameOf(key: string, map: ValueMap, outer: string): string {
  if (key === 'Value') {
    const paired = map.Name ?? map.Key ?? map.OptionName;
    if (typeof paired === 'string') return paired;
  }
  return key === 'default' || key === 'Default' ? outer : key;
}

/** The leaves below a value that stands at `path` under `name`. */
export function namedLeaves(value: Value, path: Path, name: string): readonly Leaf[] {
  const leaves: Leaf[] = [];
  visitLeaves(value, name, (leaf) => leaves.push({ ...leaf, path: [...path, ...leaf.path] }));
  return leaves;
}
