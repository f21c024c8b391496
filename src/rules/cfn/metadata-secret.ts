import { isMap, type Path, type Value, type Verdict } from '../../model/index.js';
import { exposureOf } from '../credential/exposure.js';
import { namedLeaves } from '../credential/leaf.js';
import { type Problem, verdictsOf } from '../policy/problem.js';
import type { Check, RuleContext } from '../rule.js';

/** A secret in what cfn-init reads, which everyone who may describe the stack's resources can read as well. */
export const check: Check = ({ attributes }, context) => {
  const metadata = attributes.Metadata;
  if (!isMap(metadata)) return verdictsOf([], 'not-applicable');
  const problems = ['AWS::CloudFormation::Authentication', 'AWS::CloudFormation::Init'].flatMap((part) =>
    secretsBelow(metadata[part] ?? null, ['Metadata', part], context),
  );
  return verdictsOf(problems, 'not-applicable').map(inAttributes);
};

function secretsBelow(value: Value, path: Path, context: RuleContext): readonly Problem[] {
  return namedLeaves(value, path, '').map(({ name, value: leaf, path: at }) => {
    const { truth, what } = exposureOf(name, leaf, context);
    return { truth, path: at, words: { what }, secret: true };
  });
}

function inAttributes(verdict: Verdict): Verdict {
  if (verdict.kind !== 'fail' && verdict.kind !== 'undecided') return verdict; // equivalent: it only narrows the type
  return { ...verdict, spot: { ...verdict.spot, section: 'attributes' } };
}
