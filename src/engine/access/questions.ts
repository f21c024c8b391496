import {
  type Chains,
  type CompiledAccess,
  canDecrypt,
  chainsTo,
  type DataDecision,
  type Decryptable,
  decideData,
  type Judge,
  parsePolicy,
  type ReachByKey,
  whoCanWithRelated,
} from '../../evaluator/index.js';
import type { AccessRequest, Decision, Diagnostic, Gap, PolicyDocument, Value } from '../../model/index.js';
import { UsageError } from '../usage-error.js';
import { namedPolicies } from './named-policies.js';
import { withoutAssumptions } from './open-decision.js';
import { type Picked, pickBoth, pickCaller, pickResource } from './pick.js';
import { type AccessSource, policySource } from './policy-sources.js';
import { type Assume, preparer } from './prepare.js';
import { type AccessInputs, readInputs } from './read-inputs.js';
import { resourcesNamed } from './resource-address.js';
import { type AccessWorld, worldsOf } from './worlds.js';

export interface QuestionOptions extends AccessInputs {
  /** Policies of resources that no input names: `ARN=FILE`. */
  readonly resourcePolicies: readonly string[];
  readonly assume: Assume;
}

/** What both kinds of question say of the request. */
export interface RequestFacts {
  readonly context: AccessRequest['context'];
  /** True where a key that is not in the context is absent, not unknown. */
  readonly contextComplete: boolean;
  /** The key behind the data asked about, where no input says it. */
  readonly encryptedBy?: string;
}

export interface CanQuestion extends RequestFacts {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly sessionPolicies: readonly Value[];
}

export interface WhoCanQuestion extends RequestFacts {
  readonly action: string;
  readonly resource: string;
  readonly chains: 'followed' | 'not-followed';
}

export interface CanAnswer {
  readonly who: string;
  readonly action: string;
  readonly on: string;
  readonly decision: DataDecision;
}

export interface WhoCanAnswer {
  readonly action: string;
  readonly on: string;
  readonly byKey: readonly (ReachByKey & { readonly name: string })[];
  readonly chains?: Chains;
  readonly assumptions: readonly string[];
}

export interface CanDecryptAnswer {
  readonly who: string;
  readonly found: readonly Decryptable[];
  readonly assumptions: readonly string[];
}

/** Inputs read once, ready to be asked. Every question throws UsageError where an address names nothing, or several things. */
export interface Questions {
  /** `partly`: an input could not be analysed, or a part of one was not read; each answer names it as an assumption. */
  readonly read: 'wholly' | 'partly';
  readonly diagnostics: readonly Diagnostic[];
  readonly gaps: readonly Gap[];
  can(question: CanQuestion): CanAnswer;
  whoCan(question: WhoCanQuestion): WhoCanAnswer;
  canDecrypt(principal: string, facts: RequestFacts): CanDecryptAnswer;
}

export async function openQuestions(options: QuestionOptions): Promise<Questions> {
  const read = await readInputs(options);
  const named: AccessSource[] = namedPolicies(options).map(({ arn, policy }) => policySource(policy, undefined, undefined, arn));
  const partly = read.gaps.length > 0 || read.diagnostics.some(({ level }) => level === 'error');
  const { worlds: found, diagnostics } = worldsOf(read, named);
  const worlds = partly ? found.map(assumingUnread) : found;
  const prepare = preparer(options.assume);
  const judge: Judge = (access, request) => settle(decideData(access, request), access, request);
  const settle = <T extends Decision>(decision: T, access: CompiledAccess, request: AccessRequest): T => {
    if (options.assume === 'stated') return decision;
    const asksKey = 'parts' in decision && (decision as { parts: readonly unknown[] }).parts.length > 1; // parts of a joined decision
    return withoutAssumptions(decision, request.caller, asksKey || access.resources.get(request.resource)?.resource.key !== undefined);
  };
  const keyBehind = (world: Picked['world'], text: string | undefined): { encryptedBy?: string } => {
    if (text === undefined) return {};
    const [key, ...more] = resourcesNamed(world, 'kms:Decrypt', text);
    if (key === undefined || more.length > 0)
      throw new UsageError(`--encrypted-by: ${key === undefined ? 'no key is' : 'several keys are'} called ${text}.`, 'Write its ARN.');
    return { encryptedBy: key.held && key.added === undefined ? key.on : text };
  };
  return {
    read: partly ? 'partly' : 'wholly',
    diagnostics: [...read.diagnostics, ...diagnostics],
    gaps: read.gaps,
    can({ principal, action, resource: text, context, contextComplete, sessionPolicies, encryptedBy }) {
      checkAction(action);
      const { world, caller, resource } = pickBoth(worlds, principal, action, text);
      const access = prepare(world, { caller, resource, ...keyBehind(world, encryptedBy) });
      const request: AccessRequest = {
        caller: caller.caller,
        action,
        resource: resource.on,
        context,
        contextComplete,
        sessionPolicies: sessionPolicies.map(sessionPolicy),
      };
      return { who: caller.who, action, on: resource.name, decision: settle(decideData(access, request), access, request) };
    },
    whoCan({ action, resource: text, context, contextComplete, chains, encryptedBy }) {
      checkAction(action);
      const { world, resource } = pickResource(worlds, action, text);
      const access = prepare(world, { resource, ...keyBehind(world, encryptedBy) });
      // With nothing assumed a grant may let in whom no policy mentions.
      const among = options.assume === 'none' ? ('all' as const) : ('possible' as const);
      const query = { action, resource: resource.on, context, contextComplete, among };
      const byKey = whoCanWithRelated(access, query, judge).map((found) => ({
        ...found,
        name: found.resource === resource.on ? resource.name : (access.resources.get(found.resource)?.resource.name ?? found.resource),
      }));
      return {
        action,
        on: resource.name,
        byKey,
        ...(chains === 'followed' ? { chains: chainsTo(access, query, judge) } : {}),
        assumptions: assumptionsOf(
          byKey.flatMap(({ reaches }) => reaches.map(({ decision }) => decision)),
          options.assume,
          access,
        ),
      };
    },
    canDecrypt(principal, { context, contextComplete }) {
      const { world, caller } = pickCaller(worlds, principal);
      const access = prepare(world, { caller });
      const found = canDecrypt(access, caller.caller, { context, contextComplete }, (request) =>
        settle(decideData(access, request), access, request),
      );
      return {
        who: caller.who,
        found,
        assumptions: assumptionsOf(
          found.map(({ decision }) => decision),
          options.assume,
          access,
        ),
      };
    },
  };
}

function assumingUnread(world: AccessWorld): AccessWorld {
  const unread = 'What the diagnostics say was not read does not change the answer.';
  return { ...world, model: { ...world.model, assumptions: [...world.model.assumptions, unread] } };
}

function assumptionsOf(decisions: readonly Decision[], assume: Assume, { model }: CompiledAccess): readonly string[] {
  if (assume === 'none') return [];
  return [...new Set([...model.assumptions, ...decisions.flatMap(({ assumptions }) => assumptions)])];
}

/** `kms:Decrypt`: one action, no pattern. */
function checkAction(action: string): void {
  if (!/^[a-z0-9-]+:[a-z0-9]+$/i.test(action)) {
    throw new UsageError(`${action} is no action.`, 'Write service:Operation, such as kms:Decrypt; patterns are not asked about.');
  }
}

function sessionPolicy(value: Value, index: number): PolicyDocument {
  const start = { line: 1, column: 1 };
  return parsePolicy(value, {
    name: `session policy ${index + 1}`,
    kind: 'session',
    place: () => ({ kind: 'file', file: 'the question', range: { start, end: start } }),
    text: (item) => ({ text: String(item) }),
  }).document;
}
