import { isList, isMap, type Path, type Value } from '../../model/index.js';
import { eachWorld } from '../index.js';
import { isKeptOut } from '../literal-secret.js';
import { someCauseOf } from '../policy/cause.js';
import { type Problem, verdictsOf } from '../policy/problem.js';
import { partsOf } from '../policy/text.js';
import { open } from '../policy/truth.js';
import type { Check, RuleContext } from '../rule.js';

/** A token or password for the repository: in the source's address, or given to CodeBuild in clear text. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, ({ properties: { Source, SecondarySources, Token } }) =>
    verdictsOf(
      [
        ...addressProblems(Source, ['Source']),
        ...(isList(SecondarySources)
          ? SecondarySources.flatMap((source, index) => addressProblems(source, ['SecondarySources', index]))
          : []),
        ...(Token === undefined ? [] : [tokenProblem(Token, context)]),
      ],
      'not-applicable',
    ),
  );

/** The describe call shows the address, whatever put the password into it. An address that is open as a whole is taken for a plain one. */
function addressProblems(source: Value | undefined, path: Path): readonly Problem[] {
  const parts = isMap(source) ? partsOf(source.Location ?? null) : undefined;
  if (parts === undefined) return [];
  const text = parts.map((part) => (typeof part === 'string' ? part : '…')).join('');
  return [{ truth: WITH_PASSWORD.test(text), path: [...path, 'Location'], words: { how: 'stands in its source address' }, secret: true }];
}

const WITH_PASSWORD = /:\/\/[^/@:]*:[^/@]+@/;

function tokenProblem(token: Value, context: RuleContext): Problem {
  const kept = isKeptOut(token, context);
  const how = 'is written in the template, or in a parameter that does not hide it';
  return { truth: kept === undefined ? open(someCauseOf(token)) : !kept, path: ['Token'], words: { how }, secret: true };
}
