// The mutants of a rule's schemas: each with one leaf less.
const NESTED = ['additionalProperties', 'propertyNames', 'items', 'contains', 'not', 'if', 'then', 'else'];
const LISTS = ['allOf', 'anyOf', 'oneOf'];
const MAPS = ['properties', 'at', 'wherever'];

/** Yields { what, when, must } for every leaf that can be dropped. */
export function* leafMutants(rule) {
  for (const part of ['when', 'must']) {
    if (rule[part] === undefined) continue;
    for (const { path, schema } of without(rule[part], part)) {
      yield { what: `${path} can be dropped`, when: rule.when, must: rule.must, [part]: schema };
    }
  }
}

function* without(schema, path) {
  if (schema === true) return;
  if (schema === false) {
    yield { path, schema: true };
    return;
  }
  for (const [keyword, value] of Object.entries(schema)) {
    const here = `${path}.${keyword}`;
    const put = (changed) => ({ ...schema, [keyword]: changed });
    if (NESTED.includes(keyword)) {
      for (const inner of without(value, here)) yield { path: inner.path, schema: put(inner.schema) };
    } else if (LISTS.includes(keyword)) {
      for (const [index, item] of value.entries()) {
        for (const inner of without(item, `${here}.${index}`)) yield { path: inner.path, schema: put(value.with(index, inner.schema)) };
        if (value.length > 1) yield { path: `${here}.${index}`, schema: put(value.filter((_, other) => other !== index)) };
      }
    } else if (MAPS.includes(keyword)) {
      for (const [name, item] of Object.entries(value)) {
        for (const inner of without(item, `${here}["${name}"]`))
          yield { path: inner.path, schema: put({ ...value, [name]: inner.schema }) };
      }
    } else if (Array.isArray(value) && value.length > 1) {
      for (const [index, item] of value.entries()) {
        yield { path: `${here}[${JSON.stringify(item)}]`, schema: put(value.filter((_, other) => other !== index)) };
      }
    } else yield { path: here, schema: omit(schema, keyword) };
  }
}

function omit(map, name) {
  return Object.fromEntries(Object.entries(map).filter(([key]) => key !== name));
}
