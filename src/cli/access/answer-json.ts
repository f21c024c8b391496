import type { CanAnswer, CanDecryptAnswer, WhoCanAnswer } from '../../engine/access/index.js';
import { type Chain, type DataDecision, shownText } from '../../evaluator/index.js';
import type { Decision, DecisionStep } from '../../model/index.js';

/** Answers as JSON: symbols as people read them, places as file, line and column. */
export function canJson({ who, action, on, decision }: CanAnswer): object {
  return shown({ principal: who, action, resource: on, ...decisionJson(decision), ...joinedJson(decision) });
}

/** One line of an answered file of questions. */
export function canLine(id: unknown, { decision }: CanAnswer): object {
  return shown({ id, ...decisionJson(decision), ...joinedJson(decision) });
}

export function whoCanJson({ action, on, byKey, chains, assumptions }: WhoCanAnswer): object {
  const who = byKey.flatMap(({ reaches, name }, index) =>
    reaches.map(({ who: name_, caller, decision }) => ({
      who: name_,
      caller,
      ...(index === 0 ? {} : { through: name }),
      ...withoutAssumptions(decision),
    })),
  );
  return shown({
    action,
    resource: on,
    who,
    ...(chains === undefined ? {} : { chains: chains.chains.map(chainJson), chainsCutShort: chains.cutShort }),
    assumptions,
  });
}

export function canDecryptJson({ who, found, assumptions }: CanDecryptAnswer): object {
  return shown({
    principal: who,
    decrypts: found.map(({ resource, action, decision }) => ({
      resource: resource.name,
      arn: resource.arn,
      type: resource.type,
      action,
      ...withoutAssumptions(decision),
    })),
    assumptions,
  });
}

function chainJson({ who, caller, decision, links }: Chain): object {
  return {
    who,
    caller,
    decision,
    links: links.map((link) => ({
      by: link.by,
      action: link.action,
      on: link.on,
      words: link.words,
      ...withoutAssumptions(link.decision),
    })),
  };
}

function withoutAssumptions(decision: Decision): object {
  const { assumptions: _, ...rest } = decisionJson(decision);
  return rest;
}

function decisionJson({ decision, conditions, witnesses, assumptions, because, steps }: Decision) {
  return {
    decision,
    conditions,
    assumptions,
    // What is missing twice, for its Allows and for its Denies, is one thing to settle.
    ...(decision === 'undecided' ? { because: [...new Map(because.map((cause) => [cause.words, cause])).values()] } : {}),
    ...(decision === 'conditional' ? { witnesses } : {}),
    steps: steps.map(stepJson),
  };
}

function joinedJson({ parts, dead }: DataDecision): object {
  return { ...(parts.length > 1 ? { parts } : {}), ...(dead === undefined ? {} : { dead }) };
}

function stepJson({ layer, outcome, words, statement, origin }: DecisionStep): object {
  return {
    layer,
    outcome,
    words,
    ...(statement === undefined ? {} : { statement }),
    ...(origin?.kind === 'file' ? { file: origin.file, line: origin.range.start.line, column: origin.range.start.column } : {}),
  };
}

/** Every text with its symbols as people read them. */
function shown<T>(value: T): T {
  // The shape stays; only texts change.
  if (typeof value === 'string') return shownText(value) as T;
  if (Array.isArray(value)) return value.map(shown) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [shownText(key), shown(item)])) as T;
}
