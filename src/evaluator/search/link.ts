import type { Caller, Decision, DecisionName } from '../../model/index.js';

/** One link of a chain: what its caller does, and the decision that says it may, with the statements. */
export interface ChainLink {
  readonly by: string;
  readonly caller: Caller;
  readonly action: string;
  /** The id or ARN of what it is done to. */
  readonly on: string;
  readonly words: string;
  readonly decision: Decision;
}

/** Someone who can't do it and can get there: the links, the first being their own. */
export interface Chain {
  readonly who: string;
  readonly caller: Caller;
  readonly links: readonly ChainLink[];
  /** As the weakest link: `allowed`, `conditional` or `undecided`. */
  readonly decision: DecisionName;
}

const WEAKEST: readonly DecisionName[] = ['undecided', 'conditional', 'allowed'];

export function chainOf(links: readonly ChainLink[]): Chain | undefined {
  const [first] = links;
  if (first === undefined) return undefined;
  const decisions = links.map(({ decision }) => decision.decision);
  return { who: first.by, caller: first.caller, links, decision: WEAKEST.find((name) => decisions.includes(name)) ?? 'undecided' };
}

export function isOpen({ decision }: Decision): boolean {
  return decision === 'allowed' || decision === 'conditional' || decision === 'undecided';
}
