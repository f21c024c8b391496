import type { DecisionStep } from '../model/index.js';
import { covers, denyReaches, namedAs } from './applies.js';
import { FALSE, type Node, TRUE } from './bdd.js';
import type { CompiledDocument, CompiledStatement } from './compile.js';
import type { Answer } from './decide.js';

/** How a decision came about: each policy that took part, and each statement that could matter. */
export function stepsOf(found: Answer): readonly DecisionStep[] {
  const { question, layers } = found;
  const { bdd } = found.variables;
  const { scope } = layers;
  const possible = (node: Node): Node => bdd.and(node, found.feasible);
  const steps: DecisionStep[] = [];

  const statementStep = (layer: string, compiled: CompiledStatement, reach: Node): void => {
    const node = possible(reach);
    if (node === FALSE) return;
    const { statement, document } = compiled;
    const certain = reach === TRUE || node === found.feasible;
    const verb = statement.effect === 'Allow' ? (certain ? 'allows' : 'may allow') : certain ? 'denies' : 'may deny';
    const which = statement.sid === undefined ? `statement ${statement.index + 1}` : `statement ${statement.sid}`;
    steps.push({
      layer,
      outcome: verb,
      words: `${which} of ${document.document.name} ${verb} ${question.action}`,
      statement: { policy: document.document.name, index: statement.index, ...(statement.sid === undefined ? {} : { sid: statement.sid }) },
      origin: statement.origin,
    });
  };
  const documentSteps = (layer: string, document: CompiledDocument): void => {
    const { unreadable, name } = document.document;
    const before = steps.length;
    if (unreadable !== undefined)
      steps.push({
        layer,
        outcome: 'may allow',
        words: `${name} could not be read: it could say anything`,
        origin: document.document.origin,
      });
    for (const deny of document.denies) statementStep(layer, deny, bdd.and(denyReaches(question, deny), covers(question, deny)));
    for (const allow of document.allows) {
      const named =
        allow.statement.principal === undefined
          ? TRUE
          : [...namedAs(question, allow).values()].reduce((any, node) => bdd.or(any, node), FALSE);
      statementStep(layer, allow, bdd.and(named, covers(question, allow)));
    }
    if (steps.length === before)
      steps.push({ layer, outcome: 'is silent', words: `${name} says nothing about this`, origin: document.document.origin });
  };

  if (scope.reserved) {
    steps.push({
      layer: 'limits of AWS',
      outcome: 'denies',
      words: `${question.action} on this is reserved for AWS; no policy can allow it`,
    });
  }
  for (const document of scope.endpoints) documentSteps('VPC endpoint policy', document);
  for (const level of scope.scps) for (const document of level) documentSteps('service control policies', document);
  for (const level of scope.rcps) for (const document of level) documentSteps('resource control policies', document);
  if (scope.resource !== undefined) documentSteps('resource policy', scope.resource);
  if (scope.boundary !== undefined) documentSteps('permissions boundary', scope.boundary);
  for (const document of scope.session) documentSteps('session policies', document);
  for (const document of scope.identity) documentSteps('identity policies', document);
  if (scope.identity.length === 0 && question.subject.held !== undefined) {
    steps.push({
      layer: 'identity policies',
      outcome: 'is silent',
      words: `${question.subject.held.principal.name} has no identity policy`,
    });
  }
  if (possible(layers.grants) !== FALSE) {
    const certain = possible(layers.grants) === found.feasible;
    steps.push({
      layer: 'grants',
      outcome: certain ? 'allows' : 'may allow',
      words: `a grant on the key ${certain ? 'allows' : 'may allow'} ${question.action}`,
    });
  }
  return steps;
}
