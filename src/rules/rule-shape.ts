import { readFileSync } from 'node:fs';
import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Path } from '../model/index.js';
import { perhaps } from './nearest.js';
import type { Json, JsonMap } from './schema.js';

/** Something that does not fit `schema/rule.schema.json`: where in the data, and what. */
export interface ShapeProblem {
  readonly path: Path;
  readonly message: string;
}

let compiled: Promise<ValidateFunction> | undefined;

/** Checks the data of one rule against the published schema; the empty list means that it fits. */
export async function shapeProblems(rule: Json): Promise<readonly ShapeProblem[]> {
  compiled ??= compile();
  const validate = await compiled;
  if (validate(rule)) return [];
  return readable(validate.errors ?? []);
}

async function compile(): Promise<ValidateFunction> {
  const { Ajv } = await import('ajv');
  const schema: unknown = JSON.parse(readFileSync(new URL('../../schema/rule.schema.json', import.meta.url), 'utf8'));
  return new Ajv({ allErrors: true, strict: false, verbose: true }).compile(schema as JsonMap); // our own file
}

/** Each problem once; what only repeats that an alternative did not fit is left out where its own complaint is there. */
function readable(errors: readonly ErrorObject[]): readonly ShapeProblem[] {
  const seen = new Map<string, ShapeProblem>();
  for (const error of errors.filter((one) => !REPEATS.has(one.keyword) && !/\/oneOf\/\d+\//.test(one.schemaPath))) {
    const problem = { path: pathOf(error), message: wordsOf(error) };
    seen.set(JSON.stringify(problem), problem);
  }
  return [...seen.values()];
}

const REPEATS: ReadonlySet<string> = new Set(['if', 'not']);

function pathOf(error: ErrorObject): Path {
  const steps = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'));
  const path: (string | number)[] = steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  if (error.keyword === 'additionalProperties') path.push(String(error.params.additionalProperty));
  return path;
}

function wordsOf(error: ErrorObject): string {
  const at = error.instancePath === '' ? 'A rule' : error.instancePath.slice(1).replaceAll('/', '.');
  switch (error.keyword) {
    case 'additionalProperties': {
      const name = String(error.params.additionalProperty);
      const known = Object.keys((error.parentSchema?.properties ?? {}) as object); // the schema's own map
      return `${at} has an unknown field "${name}"${perhaps(name, known)}.`;
    }
    case 'required':
      return `${at} needs the field "${String(error.params.missingProperty)}".`;
    case 'enum':
      return `${at} must be one of ${(error.params.allowedValues as readonly string[]).join(', ')}.`; // ajv: the enum's values
    case 'const':
      return `${at} must be ${JSON.stringify(error.params.allowedValue)}.`;
    case 'oneOf':
      return error.instancePath === ''
        ? 'A rule has either "must" (and perhaps "when") or "check".'
        : 'A fix has either "migration" or, without a patch for CloudFormation, "manual".';
    default:
      return `${at} ${error.message ?? 'is not as it must be'}.`;
  }
}
