import { isList, isMap, Reference, type Resource, type Value, valueAt } from '../../model/index.js';
import { eachWorld } from '../each-world.js';
import { type Problem, verdictsOf } from '../policy/problem.js';
import { partsOf } from '../policy/text.js';
import type { Check, RuleContext } from '../rule.js';

/** A container's secret that is read from a String parameter of the same template. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, ({ properties }) => {
    const containers = isList(properties.ContainerDefinitions) ? properties.ContainerDefinitions : [];
    return verdictsOf(
      containers.flatMap((container, at) => secretsOf(container, at, context)),
      'not-applicable',
    );
  });

function secretsOf(container: Value, at: number, context: RuleContext): readonly Problem[] {
  const written = valueAt(container, ['Secrets']);
  const secrets = isList(written) ? written : [];
  return secrets.map((secret, index) => {
    const source = isMap(secret) ? (secret.ValueFrom ?? null) : null;
    const parameter = context.ofType('AWS::SSM::Parameter').find((candidate) => names(source, candidate));
    const path = ['ContainerDefinitions', at, 'Secrets', index, 'ValueFrom'];
    return {
      truth: parameter !== undefined && parameter.properties.Type !== 'SecureString',
      path,
      words: { parameter: parameter?.name ?? '' },
    };
  });
}

/** By reference, by the name alone, or by an ARN that ends with either. */
function names(source: Value, { id, properties: { Name: name } }: Resource): boolean {
  const last = (partsOf(source) ?? []).at(-1);
  if (last instanceof Reference) return last.target === id;
  if (typeof last !== 'string' || typeof name !== 'string') return false;
  return last === name || last.endsWith(`:parameter/${name.replace(/^\//, '')}`);
}
