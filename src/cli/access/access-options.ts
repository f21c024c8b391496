import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { QuestionOptions, RequestFacts } from '../../engine/access/index.js';
import { UsageError } from '../../engine/usage-error.js';
import type { Io } from '../io.js';
import { parametersFrom } from '../scan-options.js';

/** Options that `can` and `who-can` share, as commander gives them. */
export interface WrittenAccessOptions {
  readonly in: readonly string[];
  readonly context: readonly string[];
  readonly contextComplete?: boolean;
  readonly explain?: boolean;
  readonly format: string;
  readonly assume?: string;
  readonly queries?: string;
  readonly keyPolicy: readonly string[];
  readonly resourcePolicy: readonly string[];
  readonly encryptedBy?: string;
  readonly parameters: readonly string[];
  readonly config?: string;
  readonly stdinFilename?: string;
}

export type AccessFormat = 'pretty' | 'json';

export function accessFormat({ format }: WrittenAccessOptions): AccessFormat {
  if (format === 'pretty' || format === 'json') return format;
  throw new UsageError(`There is no format ${format} for answers about access.`, 'Formats: pretty, json.');
}

/** What the question is asked of. @throws UsageError naming the option that is wrong */
export async function questionOptions(written: WrittenAccessOptions, io: Io): Promise<QuestionOptions> {
  if (written.in.length === 0)
    throw new UsageError('--in PATH is missing.', 'Name templates, a cloud assembly, policy JSON or saved account data.');
  if (written.assume !== undefined && written.assume !== 'none') throw new UsageError(`--assume takes none, not ${written.assume}.`);
  return {
    inputs: written.in,
    workingFolder: io.workingFolder,
    resourcePolicies: [...written.keyPolicy, ...written.resourcePolicy],
    assume: written.assume === 'none' ? 'none' : 'stated',
    parameters: parametersFrom(written.parameters, io),
    ...(written.config === undefined ? {} : { config: written.config }),
    ...(written.in.includes('-') ? { given: { name: written.stdinFilename ?? 'stdin', text: await io.readStdin() } } : {}),
  };
}

/** What is said of the request. A key that is named twice has both values. */
export function requestFacts(written: WrittenAccessOptions): RequestFacts {
  const context: Record<string, string | string[]> = {};
  for (const item of written.context) {
    const equals = item.indexOf('=');
    if (equals < 1) throw new UsageError(`--context takes KEY=VALUE, not ${item}.`, 'For example: --context aws:SourceVpce=vpce-1');
    const [key, value] = [item.slice(0, equals), item.slice(equals + 1)];
    const known = context[key];
    context[key] = known === undefined ? value : [...(typeof known === 'string' ? [known] : known), value];
  }
  return {
    context,
    contextComplete: written.contextComplete === true,
    ...(written.encryptedBy === undefined ? {} : { encryptedBy: written.encryptedBy }),
  };
}

/** The text of a file of questions. */
export async function queriesText(file: string, io: Io): Promise<string> {
  if (file === '-') return io.readStdin();
  try {
    return readFileSync(path.resolve(io.workingFolder, file), 'utf8');
  } catch {
    throw new UsageError(`The file of questions ${file} can't be read.`, 'Correct the path; each of its lines is a JSON object.');
  }
}
