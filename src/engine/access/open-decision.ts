import { assumedLayer, OTHER_PRINCIPALS } from '../../evaluator/index.js';
import type { Caller, Cause, Decision } from '../../model/index.js';

/**
 * A decision under `--assume none`: what was assumed is now open. Grants only add access, so they leave open what is not already
 * certain; other principals of the account concern nobody but the account's administrators; what else was assumed for this
 * question could turn any answer that is not a Deny.
 */
export function withoutAssumptions<T extends Decision>(decision: T, caller: Caller, asksKey: boolean): T {
  const open: Cause[] = [];
  for (const sentence of decision.assumptions) {
    if (opens(sentence, decision, caller, asksKey))
      open.push({ words: `an assumption: ${sentence.replace(/\.$/, '')}`, kind: 'assumption' });
  }
  if (open.length === 0) return { ...decision, assumptions: [] };
  return { ...decision, decision: 'undecided', conditions: [], witnesses: [], assumptions: [], because: [...decision.because, ...open] };
}

function opens(sentence: string, { decision }: Decision, caller: Caller, asksKey: boolean): boolean {
  switch (assumedLayer(sentence)) {
    case 'control-policies':
      return false;
    case 'grants':
      return asksKey && (decision === 'implicitly-denied' || decision === 'conditional');
    case 'principals':
      return sentence === OTHER_PRINCIPALS && caller.kind === 'root' && decision !== 'explicitly-denied';
    case undefined:
      return decision !== 'explicitly-denied';
  }
}
