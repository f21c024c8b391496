import { readFileSync } from 'node:fs';
import { UsageError } from '../usage-error.js';
import type { Baseline } from './baseline.js';

/**
 * Reads a baseline's text.
 * @throws UsageError naming the file and the entry that is wrong
 */
export async function readBaseline(text: string, label: string): Promise<Baseline> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // The parser's own words quote the file, which may be any.
    throw new UsageError(`The baseline ${label} is no JSON.`, 'Write it anew with `keyward baseline create`.', label);
  }
  const { Ajv } = await import('ajv');
  const schema: object = JSON.parse(readFileSync(new URL('../../../schema/baseline.schema.json', import.meta.url), 'utf8'));
  const ajv = new Ajv({ strict: false });
  if (!ajv.validate(schema, body)) {
    const [error] = ajv.errors ?? [];
    throw new UsageError(
      `The baseline ${label} is not one: ${error?.instancePath || 'the file'} ${error?.message ?? ''}.`,
      'Write it anew with `keyward baseline create`.',
      label,
    );
  }
  return { entries: (body as { findings: Baseline['entries'] }).findings }; // the schema has been checked
}
