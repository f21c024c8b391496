import type { CanAnswer, CanDecryptAnswer, WhoCanAnswer } from '../../engine/access/index.js';
import { type DataDecision, type Reach, shownText } from '../../evaluator/index.js';
import type { Cause, ContextLiteral, Decision, DecisionStep } from '../../model/index.js';
import { visible } from '../diagnostics.js';

/** The answer to `can` in sentences. */
export function canWords({ who, action, on, decision }: CanAnswer, explain: 'explained' | 'brief'): string {
  const lines = [verdict(who, action, on, decision), ...conditionLines(decision), ...causeLines(decision.because, '  ')];
  if (decision.dead !== undefined) lines.push(decision.dead);
  if (explain === 'explained') lines.push('', 'How it comes about:', ...stepLines(decision.steps), ...missingLines(decision));
  lines.push(...assumptionLines(decision.assumptions));
  if (explain === 'brief') lines.push('', '--explain names each policy that allowed, was missing or denied.');
  return text(lines);
}

function verdict(who: string, action: string, on: string, { decision }: Decision): string {
  switch (decision) {
    case 'allowed':
      return `${who} may ${action} on ${on}: allowed.`;
    case 'conditional':
      return `${who} may ${action} on ${on} under conditions:`;
    case 'explicitly-denied':
      return `${who} may not ${action} on ${on}: a Deny applies (explicitly-denied).`;
    case 'implicitly-denied':
      return `${who} may not ${action} on ${on}: an Allow is missing (implicitly-denied).`;
    case 'undecided':
      return `It is undecided whether ${who} may ${action} on ${on}. It hangs on:`;
  }
}

/** Any line suffices; all of a line must hold. */
function conditionLines({ conditions }: Decision): readonly string[] {
  return conditions.map((product, index) => `  ${index === 0 ? 'when' : 'or when'} ${inWords(product)}`);
}

function inWords(product: readonly ContextLiteral[]): string {
  return product.map(({ words }) => words).join(' and ');
}

function causeLines(because: readonly Cause[], indent: string): readonly string[] {
  // What is missing twice, for its Allows and for its Denies, is one thing to settle.
  const causes = new Map(because.map((cause) => [cause.words, cause]));
  return [...causes.values()].flatMap(({ words, settle }) => [
    `${indent}- ${words}`,
    ...(settle === undefined ? [] : [`${indent}  to settle it: ${settle}`]),
  ]);
}

function stepLines(steps: readonly DecisionStep[]): readonly string[] {
  return steps.map((step) => {
    const place =
      step.origin?.kind === 'file' ? `  ${step.origin.file}:${step.origin.range.start.line}:${step.origin.range.start.column}` : '';
    if (isHead(step)) return `  ${step.layer}: ${step.words}`;
    return `  - ${step.layer}: ${step.words}${place}`;
  });
}

/** Which Allow is missing: of the half that lacks one, the layers in which nothing speaks. */
function missingLines({ decision, steps }: DataDecision): readonly string[] {
  if (decision !== 'implicitly-denied') return [];
  return halves(steps).flatMap(({ head, rest }) => {
    if (head !== undefined && head.outcome !== 'is silent') return [];
    const layers = [...new Set(rest.map(({ layer }) => layer))];
    const silent = layers.filter((layer) => rest.every((step) => step.layer !== layer || isQuiet(step)));
    const where = head === undefined ? '' : ` (${head.layer})`;
    return silent.length === 0 ? [] : [`  Missing${where}: an Allow in ${silent.join(' or ')}.`];
  });
}

function isQuiet({ outcome }: DecisionStep): boolean {
  return outcome === 'is silent' || outcome === 'does not apply';
}

function isHead({ layer }: DecisionStep): boolean {
  return layer.startsWith('permission on');
}

/** The steps of each half under its head; without heads they are one. */
function halves(steps: readonly DecisionStep[]): readonly { readonly head?: DecisionStep; readonly rest: readonly DecisionStep[] }[] {
  const starts = steps.flatMap((step, index) => (isHead(step) ? [index] : []));
  if (starts.length === 0) return [{ rest: steps }];
  return starts.map((start, index) => {
    const head = steps[start];
    return { ...(head === undefined ? {} : { head }), rest: steps.slice(start + 1, starts[index + 1]) };
  });
}

function assumptionLines(assumptions: readonly string[]): readonly string[] {
  return assumptions.length === 0
    ? []
    : ['', 'Assumed (--assume none leaves it open):', ...assumptions.map((assumption) => `  - ${assumption}`)];
}

/** The answer to `who-can`. */
export function whoCanWords({ action, on, byKey, chains, assumptions }: WhoCanAnswer): string {
  const lines: string[] = [];
  byKey.forEach(({ reaches, name }, index) => {
    if (lines.length > 0) lines.push('');
    const through = index === 0 ? '' : ` through ${name}, a key of the same multi-Region set`;
    lines.push(reaches.length === 0 ? `Nobody can ${action} on ${on}${through}.` : `These can ${action} on ${on}${through}:`);
    for (const reach of reaches) lines.push(...reachLines(reach));
  });
  if (chains !== undefined) {
    lines.push('', chains.chains.length === 0 ? 'Nobody else can get there.' : 'These can get there:');
    for (const { who, links } of chains.chains) {
      lines.push(`  ${who}`);
      for (const { by, words, decision } of links) {
        lines.push(`    ${by} ${words}${decision.decision === 'allowed' ? '' : ` (${decision.decision})`}`);
        lines.push(...evidence(decision.steps).map((line) => `    ${line}`));
      }
    }
    if (chains.cutShort) lines.push('  The search stopped at its bounds; there may be longer ways.');
  }
  lines.push(...assumptionLines(assumptions));
  return text(lines);
}

function reachLines({ who, decision }: Reach): readonly string[] {
  const head = decision.decision === 'undecided' ? `  ${who}: undecided, it hangs on` : `  ${who}`;
  return [
    head,
    ...causeLines(decision.because, '    '),
    ...conditionLines(decision).map((line) => `  ${line}`),
    ...evidence(decision.steps).map((line) => `  ${line}`),
  ];
}

/** The statements that speak, without the policies that say nothing. */
function evidence(steps: readonly DecisionStep[]): readonly string[] {
  return stepLines(steps.filter((step) => !isQuiet(step) && !isHead(step)));
}

/** The answer to `can` without an action. */
export function canDecryptWords({ who, found, assumptions }: CanDecryptAnswer): string {
  const lines = [found.length === 0 ? `${who} can decrypt nothing of the inputs.` : `${who} can decrypt:`];
  for (const { resource, action, decision } of found) {
    lines.push(`  ${resource.name} (${resource.type}), by ${action}${decision.decision === 'allowed' ? '' : `: ${decision.decision}`}`);
    lines.push(...causeLines(decision.because, '    '), ...conditionLines(decision).map((line) => `  ${line}`));
  }
  lines.push(...assumptionLines(assumptions));
  return text(lines);
}

function text(lines: readonly string[]): string {
  return `${lines.map((line) => visible(shownText(line))).join('\n')}\n`;
}
