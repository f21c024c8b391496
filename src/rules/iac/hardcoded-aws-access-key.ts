import type { Check } from '../rule.js';
import type { Literal } from './literal.js';
import { literalProblems } from './literal-problem.js';

/** Both halves of an access key; the id alone opens nothing and is shown in many places. */
export const check: Check = literalProblems((literal, all) => {
  const half = halfOf(literal);
  if (half === 'both') return 'an AWS access key id and its secret';
  const near = all.filter(({ neighbourhood }) => neighbourhood === literal.neighbourhood).map(halfOf);
  if (half === 'id' && near.includes('secret')) return 'an AWS access key id beside its secret';
  return half === 'secret' && near.includes('id') ? 'an AWS secret access key' : undefined;
});

function halfOf({ hits }: Literal): 'id' | 'secret' | 'both' | 'neither' {
  const id = hits.some(({ kind }) => kind === 'aws-access-key-id');
  const secret = hits.some(({ kind }) => kind === 'aws-secret-access-key');
  if (id && secret) return 'both';
  return id ? 'id' : secret ? 'secret' : 'neither';
}
