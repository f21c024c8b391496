import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_LIMITS, decodeText, type PolicyFile, readPolicyFile } from '../../readers/index.js';
import { UsageError } from '../usage-error.js';

/** Policies that the user gives with the ARN of what they are on. @throws UsageError naming what is wrong with the option */
export function namedPolicies(options: {
  readonly resourcePolicies: readonly string[];
  readonly workingFolder: string;
}): readonly { readonly arn: string; readonly policy: PolicyFile }[] {
  return options.resourcePolicies.map((written) => {
    const equals = written.indexOf('=');
    const [arn, file] = [written.slice(0, equals), written.slice(equals + 1)];
    if (equals < 1 || !arn.startsWith('arn:') || file === '') {
      throw new UsageError(
        `A policy is given as ARN=FILE, not ${written}.`,
        'Write --key-policy arn:aws:kms:REGION:ACCOUNT:key/ID=policy.json',
      );
    }
    const read = readPolicyFile(file, textOf(file, options.workingFolder), DEFAULT_LIMITS.depth);
    if (read.kind === 'failed') {
      const [problem] = read.diagnostics;
      throw new UsageError(
        `${file}${problem?.at === undefined ? '' : `:${problem.at.line}:${problem.at.column}`}: ${problem?.message ?? 'no JSON'}`,
        problem?.help,
      );
    }
    if (read.kind === 'other' || !['document', 'wrapped', 'on-resource'].includes(read.policy.content.kind)) {
      throw new UsageError(`${file} holds no policy.`, 'Give a policy document, or the output of `aws kms get-key-policy`.');
    }
    return { arn, policy: read.policy };
  });
}

function textOf(file: string, workingFolder: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path.resolve(workingFolder, file));
  } catch {
    throw new UsageError(`The policy file ${file} can't be read.`, 'Correct the path.');
  }
  const decoded = decodeText(bytes);
  if ('text' in decoded) return decoded.text;
  throw new UsageError(`The policy file ${file} is no text.`, 'Save it as UTF-8.');
}
