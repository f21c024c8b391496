import { describe, expect, it } from 'vitest';
import { defaultsOf } from '../../../src/model/defaults/index.js';
import { DEFAULTS } from '../../../src/model/defaults/table.js';
import { shapeAt, shapeOf } from '../../../src/model/schema/index.js';

describe('a default', () => {
  it.each(DEFAULTS.map((row): [string, (typeof DEFAULTS)[number]] => [`${row.type}.${row.property} ${JSON.stringify(row.value)}`, row]))(
    '%s is of a property that the published schema has, in its type, with an AWS page',
    (_, row) => {
      const shape = shapeOf(row.type);
      if (shape === undefined) throw new Error(`no type ${row.type}`);
      expect(shapeAt(shape, [row.property])?.type).toBe(typeof row.value);
      for (const other of [...(row.unless ?? []), ...Object.keys(row.when ?? {})]) expect(shapeAt(shape, [other])).toBeDefined();
      expect(row.page).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
      expect(row.reason).toMatch(/^[A-Za-z].*[^.]$/);
    },
  );

  it('that rests on another comes after it', () => {
    for (const [index, row] of DEFAULTS.entries()) {
      for (const needed of Object.keys(row.when ?? {})) {
        const at = DEFAULTS.findIndex((other) => other.type === row.type && other.property === needed);
        expect(at).toBeLessThan(index);
      }
    }
  });

  it('of a type without any is none', () => {
    expect(defaultsOf('AWS::SNS::Topic', 'cloudformation')).toEqual([]);
  });
});
