import { isMap, type Path, Unknown, type Value } from '../../model/index.js';
import { findSecrets } from '../../secrets/index.js';
import { exposureOf } from '../credential/exposure.js';
import { someCauseOf } from '../policy/cause.js';
import { type Problem, verdictsOf } from '../policy/problem.js';
import { open } from '../policy/truth.js';
import type { Check, RuleContext } from '../rule.js';

/** A secret in user data, which every process on the instance and everyone who may describe it can read. */
export const check: Check = (resource, context) => {
  const template = resource.properties.LaunchTemplateData;
  const [holder, path]: [Value | undefined, Path] =
    resource.type === 'AWS::EC2::LaunchTemplate' ? [template, ['LaunchTemplateData', 'UserData']] : [resource.properties, ['UserData']];
  const data = isMap(holder) ? holder.UserData : undefined;
  return verdictsOf(data === undefined ? [] : [userDataProblem(data, path, context)], 'not-applicable');
};

function userDataProblem(data: Value, path: Path, context: RuleContext): Problem {
  const decoded = typeof data === 'string' ? decodedText(data) : undefined;
  const hit = decoded === undefined ? undefined : findSecrets(decoded)[0];
  const shown = hit === undefined ? exposureOf('', data, context) : { truth: true, what: hit.words };
  // Of a script that is a parameter or an import as a whole nothing can be said.
  const isUnread = shown.truth === false && data instanceof Unknown;
  const { truth, what } = isUnread ? { truth: open(someCauseOf(data)), what: 'what may be a secret' } : shown;
  return { truth, path, words: { what }, secret: true };
}

/** User data that the author encoded himself; what `Fn::Base64` encodes is read as it was before. */
function decodedText(data: string): string | undefined {
  const text = Buffer.from(data, 'base64').toString('utf8');
  return /\uFFFD/.test(text) ? undefined : text;
}
