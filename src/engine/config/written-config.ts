import { readFileSync } from 'node:fs';
import type { Position } from '../../model/index.js';
import { UsageError } from '../usage-error.js';

/** A configuration file as written: checked against its schema, with the places of its entries. */
export interface WrittenConfig {
  readonly body: Readonly<Record<string, unknown>>;
  place(path: readonly (string | number)[]): Position;
}

/** Larger than any configuration that a person writes. */
const MOST_CHARACTERS = 1_000_000;

/**
 * Parses and checks a configuration. Both libraries are loaded only when there is one.
 * @throws UsageError naming file, line and column, and what the schema wants there
 */
export async function writtenConfig(text: string, label: string): Promise<WrittenConfig> {
  const { LineCounter, parseDocument, isNode, visit } = await import('yaml');
  if (text.length > MOST_CHARACTERS)
    throw new UsageError(`${label} is larger than any configuration.`, 'Check that it is the right file.', label);
  const counter = new LineCounter();
  const document = unlessTooDeep(label, () => parseDocument(text, { lineCounter: counter, uniqueKeys: true, merge: false }));
  const position = (offset: number): Position => {
    const { line, col } = counter.linePos(offset);
    return { line, column: col };
  };
  const [error] = document.errors;
  if (error !== undefined) throw refused(label, position(error.pos[0]), error.message.split('\n')[0] ?? 'it can’t be parsed');
  visit(document, {
    Alias: (_, { range }) => {
      throw refused(label, position(range?.[0] ?? 0), 'a configuration takes no aliases; write the value out.');
    },
  });
  const body: unknown = unlessTooDeep(label, () => document.toJS({ maxAliasCount: 0 })) ?? {};
  const place = (path: readonly (string | number)[]): Position => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return position(node.range[0]);
    }
    return { line: 1, column: 1 };
  };
  const problem = await schemaProblem(body);
  if (problem !== undefined) throw refused(label, place(problem.path), problem.message);
  return { body: body as Readonly<Record<string, unknown>>, place }; // the schema wants an object
}

export function placeOfPath(written: WrittenConfig, path: readonly (string | number)[]): Position {
  return written.place(path);
}

/** The parser goes down by recursion: nesting without end is a text made to break it. */
function unlessTooDeep<T>(label: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) throw refused(label, { line: 1, column: 1 }, 'it is nested too deep to be a configuration.');
    throw error;
  }
}

function refused(label: string, at: Position, message: string): UsageError {
  const where = `${label}:${at.line}:${at.column}`;
  return new UsageError(`${where}: ${message}`, 'See schema/config.schema.json for what a configuration may say.', where);
}

async function schemaProblem(
  body: unknown,
): Promise<{ readonly path: readonly (string | number)[]; readonly message: string } | undefined> {
  const { Ajv } = await import('ajv');
  const schema: object = JSON.parse(readFileSync(new URL('../../../schema/config.schema.json', import.meta.url), 'utf8'));
  const ajv = new Ajv({ allErrors: false, strict: false, verbose: true });
  if (ajv.validate(schema, body)) return undefined;
  const [error] = ajv.errors ?? [];
  const path = (error?.instancePath ?? '')
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const name = path.length === 0 ? 'the configuration' : path.join('.');
  const extra: unknown = error?.params.additionalProperty;
  if (typeof extra === 'string') return { path: [...path, extra], message: `${name} has no setting “${extra}”.` };
  const allowed: unknown = error?.params.allowedValues;
  const choices = Array.isArray(allowed) ? `: ${allowed.join(', ')}` : '';
  return { path, message: `${name} ${error?.message ?? 'does not fit the schema'}${choices}.` };
}
