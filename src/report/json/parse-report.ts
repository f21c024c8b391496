import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Report } from '../../model/index.js';

/** A report from the text that `--format json` wrote. Throws an Error saying what is wrong, where, and what to do. */
export function parseReport(text: string): Report {
  const data = parseJson(text);
  const version = typeof data === 'object' && data !== null && 'schemaVersion' in data ? data.schemaVersion : undefined;
  if (version !== 1) {
    throw new Error(
      version === undefined
        ? 'This is no keyward report: "schemaVersion" is missing. Give the file that "keyward scan --format json" wrote.'
        : `This report has schemaVersion ${JSON.stringify(version)}; this keyward reads 1. Use the version of keyward that wrote it.`,
    );
  }
  const validate = validator();
  if (!validate(data)) {
    const [error] = validate.errors ?? [];
    throw new Error(
      `The report does not fit its schema: ${error?.instancePath || 'the top level'} ${error?.message ?? 'is wrong'}. Write it anew with "keyward scan --format json".`,
    );
  }
  return data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new Error(`The report is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

let compiled: ValidateFunction<Report> | undefined;

/** The path leads to `schema` from `src/report/json` and from `dist/report/json` alike. */
function validator(): ValidateFunction<Report> {
  compiled ??= new Ajv2020({ strict: true, allowUnionTypes: true }).compile<Report>(
    JSON.parse(readFileSync(new URL('../../../schema/report.schema.json', import.meta.url), 'utf8')),
  );
  return compiled;
}
