import type { PolicyDocument, PrincipalEntry, Statement } from '../../model/index.js';
import { resourceMatches } from '../applies.js';
import type { CompiledDocument, CompiledStatement } from '../compile.js';
import type { Target } from '../target.js';
import { hasSymbol } from '../text/symbol.js';
import { type Axes, element } from './axes.js';
import type { Dependence, Dependences } from './dependence.js';

/** A statement of a policy that is not the principal's own. */
export interface Guard {
  readonly statement: CompiledStatement;
  readonly dependence: Dependence;
}

/** Targets that differ in nothing but name to everyone their policies do not name. */
export interface TargetClass {
  readonly number: number;
  readonly representative: number;
  readonly guards: readonly Guard[];
  readonly members: readonly number[];
}

/** To whom targets of a class are alike: to everyone, or to all whom neither policy nor grant names by ARN or id. */
export type AlikeTo = 'everyone' | 'the rest';

/** Cuts the targets into classes; `everywhere` are the statements that guard all of them: SCPs, RCPs, endpoint policies. */
export function targetClasses(axes: Axes, dependences: Dependences, everywhere: readonly Guard[], to: AlikeTo): readonly TargetClass[] {
  const retires = axes.actions.some((action) => action.toLowerCase() === 'kms:retiregrant');
  const contents = new Map<CompiledDocument, string>();
  const guardsOf = new Map<string, readonly Guard[]>();
  const classes = new Map<string, TargetClass & { readonly members: number[] }>();
  axes.targets.forEach((target, index) => {
    let text = '';
    if (target.policy !== undefined) {
      text = contents.get(target.policy) ?? contentOf(target.policy, to);
      contents.set(target.policy, text);
    }
    const guards = guardsOf.get(text) ?? (target.policy === undefined ? [] : guardsIn([target.policy], dependences));
    guardsOf.set(text, guards);
    const signs = [...everywhere, ...guards].map(
      (guard) => `${dependences.targetSign(guard.dependence, index)}/${reachAt(axes, guard.statement, index)}`,
    );
    const key = [text, signs.join(), factsOf(target, retires ? 'everyone' : to)].join('\n');
    const known = classes.get(key);
    if (known === undefined) classes.set(key, { number: classes.size, representative: index, guards, members: [index] });
    else known.members.push(index);
  });
  return [...classes.values()];
}

export function guardsIn(documents: readonly CompiledDocument[], dependences: Dependences): readonly Guard[] {
  return documents.flatMap(({ allows, denies }) =>
    [...allows, ...denies].map((statement) => ({ statement, dependence: dependences.of(statement) })),
  );
}

/** What the statement's Resource says of the target; the target's own name where that hangs on the caller. */
function reachAt(axes: Axes, compiled: CompiledStatement, target: number): string {
  const { resource } = compiled.statement;
  if (resource === undefined || (!resource.negated && resource.patterns.some(({ text, unknown }) => text === '*' && unknown === undefined)))
    return '';
  if (compiled.resources.some(({ kind }) => kind === 'template')) return element(axes.targets, target).arn;
  return String(resourceMatches(axes.question(0, target, 0), compiled));
}

/** Facts of the target that the layers look at beside its policy. What is no key of a customer is looked at alone. */
function factsOf({ arn, account, held, isKey, isRole, awsManaged, alias }: Target, to: AlikeTo): string {
  const key = held?.resource.key;
  if (!isKey || key === undefined || key.manager !== 'customer') return arn;
  const { spec, usage, keyOrigin, multiRegion } = key;
  const grants = key.grants.filter(({ grantee }) => to === 'everyone' || !IDENTITY.test(grantee));
  const flags = [account, held?.resource.region, isRole, awsManaged, alias, spec, usage, keyOrigin, multiRegion].join('|');
  return grants.length === 0 ? flags : `${flags} ${JSON.stringify(grants, withoutPlaces)}`;
}

const IDENTITY = /^(?:arn:[^:]+:(?:iam|sts)::\d+:(?:user|role|assumed-role)\/[^\uE000]+|[a-z0-9.-]+\.amazonaws\.com)$/;

/** A document as text, less where it stands, and less its name where nothing of it is uncertain: uncertain parts are free by name. */
function contentOf({ document, allows, denies }: CompiledDocument, to: AlikeTo): string {
  const statements = to === 'everyone' ? document.statements : document.statements.flatMap(toTheRest);
  const text = JSON.stringify([document.version, statements], withoutPlaces);
  const uncertain =
    document.unreadable !== undefined || /"unknown"|"exists"/.test(text) || [...allows, ...denies].some(({ doubts }) => doubts.length > 0);
  return uncertain ? `${document.name} ${text}` : text;
}

/** The statement without the principals it names by ARN or id, who are looked at alone; nothing where it names no one else. */
function toTheRest(statement: Statement): readonly Statement[] {
  const { principal } = statement;
  if (principal === undefined || principal.negated) return [statement];
  const entries = principal.entries.filter((entry) => !isNamed(entry));
  return entries.length === 0 ? [] : [{ ...statement, index: 0, principal: { ...principal, entries } }];
}

function isNamed(entry: PrincipalEntry): boolean {
  return (entry.kind === 'arn' && !hasSymbol(entry.arn)) || entry.kind === 'unique-id';
}

function withoutPlaces(key: string, value: unknown): unknown {
  return key === 'origin' ? undefined : value;
}

/** How policies of targets and grants may name a principal: the names in them, each with the classes of targets where it stands. */
export function namesIn(
  axes: Axes,
  classes: readonly TargetClass[],
  everywhere: readonly Guard[],
): ReadonlyMap<string, readonly TargetClass[]> {
  const names = new Map<string, Set<TargetClass>>();
  const add = (text: string, target: TargetClass): void => {
    for (const name of text.split(/[/:]/)) names.set(name, (names.get(name) ?? new Set()).add(target));
  };
  for (const target of classes) {
    for (const { statement } of [...everywhere, ...target.guards]) for (const text of namedBy(statement.statement)) add(text, target);
    for (const grant of element(axes.targets, target.representative).held?.resource.key?.grants ?? []) {
      add(grant.grantee, target);
      if (grant.retiring !== undefined) add(grant.retiring, target);
    }
  }
  return new Map([...names].map(([name, found]) => [name, [...found]]));
}

function namedBy({ principal }: PolicyDocument['statements'][number]): readonly string[] {
  return (principal?.entries ?? []).flatMap((entry) => (entry.kind === 'arn' ? [entry.arn] : entry.kind === 'unique-id' ? [entry.id] : []));
}
