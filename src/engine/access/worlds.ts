import { accessOfScope, hasSymbol, OTHER_PRINCIPALS, type ScopeAccess } from '../../evaluator/index.js';
import type { AccessModel, AccessResource, Diagnostic, KeyFacts } from '../../model/index.js';
import type { Config } from '../config/config.js';
import { globOf } from '../glob/glob.js';
import { type AccessSource, policySource } from './policy-sources.js';
import type { ReadInputs } from './read-inputs.js';

/** One access model, and the inputs it is made of: what a question is asked of as a whole. */
export interface AccessWorld {
  /** Its inputs, as their users call them. */
  readonly labels: readonly string[];
  readonly model: AccessModel;
  /** Accounts of which every principal is known. */
  readonly complete: ReadonlySet<string>;
}

export interface Worlds {
  readonly worlds: readonly AccessWorld[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Inputs whose account is known are one world: their ARNs say who is who. A template of no known account stands alone, as does
 * a second one of unknown Region: what both leave open need not be the same.
 */
export function worldsOf(read: ReadInputs, named: readonly AccessSource[]): Worlds {
  const lastFor = (list: Config['account'], file: string): string | undefined =>
    list.findLast(({ path: glob }) => globOf(glob)(file))?.value;
  const sources: AccessSource[] = [
    ...read.scopes.map(scopeSource),
    ...read.policies.map((policy) =>
      policySource(policy, lastFor(read.config.account, policy.file), lastFor(read.config.region, policy.file)),
    ),
    ...named,
  ];
  const everywhere = sources.filter(isFactOnly);
  const placed: AccessSource[] = [];
  const apart: (readonly AccessSource[])[] = [];
  for (const unit of linked(sources.filter((source) => !isFactOnly(source)))) {
    if (unit.some(({ account }) => account !== undefined) && !collides(unit, placed)) placed.push(...unit);
    else apart.push(unit);
  }
  const groups = [...(placed.length === 0 ? [] : [placed]), ...apart];
  return {
    worlds: (groups.length === 0 && everywhere.length > 0 ? [[]] : groups).map((group) => merge(group, everywhere)),
    diagnostics: [...problemsOf(sources), ...notesOf(apart.flat(), groups.length)],
  };
}

/** Templates of which one imports what another exports go to one account and Region [CloudFormation guide: Outputs]. */
function linked(sources: readonly AccessSource[]): readonly (readonly AccessSource[])[] {
  const unitOf = new Map<AccessSource, AccessSource[]>(sources.map((source) => [source, [source]]));
  const byScope = new Map(sources.flatMap((source) => (source.scope === undefined ? [] : [[source.scope.id, source] as const])));
  for (const source of sources) {
    for (const id of source.scope?.imports ?? []) {
      const maker = byScope.get(id);
      const [own, other] = [unitOf.get(source), maker === undefined ? undefined : unitOf.get(maker)];
      if (own === undefined || other === undefined || own === other || collides(other, own, 'linked')) continue;
      own.push(...other);
      for (const member of other) unitOf.set(member, own);
    }
  }
  return [...new Set(unitOf.values())];
}

function scopeSource(scope: ReadInputs['scopes'][number]): AccessSource {
  const found = accessOfScope(scope);
  return {
    label: scope.id,
    holds: 'template',
    scope: { id: scope.id, imports: [...new Set([...scope.foreign.keys()].map((id) => id.slice(0, id.lastIndexOf('#'))))] },
    ...(scope.account === undefined ? {} : { account: scope.account }),
    ...(scope.region === undefined ? {} : { region: scope.region }),
    ...found,
  };
}

/** Grants, aliases and policies of resources whose ARN has no account belong to whichever world knows the resource. */
function isFactOnly({ grants, aliases, account, holds, model }: AccessSource): boolean {
  if (grants !== undefined || aliases !== undefined) return true;
  return (
    holds === 'policy' && account === undefined && model.principals.length === 0 && model.resources.every(({ id }) => id.startsWith('arn:'))
  );
}

/**
 * Templates that leave their Region or a name open must not be taken for one: equal symbols are equal values. Linked ones share
 * the Region.
 */
function collides(unit: readonly AccessSource[], placed: readonly AccessSource[], how: 'linked' | 'unlinked' = 'unlinked'): boolean {
  const [own, others] = [unit, placed].map((list) => list.filter(({ holds }) => holds === 'template'));
  if (own === undefined || others === undefined || own.length === 0 || others.length === 0) return false;
  const leavesRegion = (list: readonly AccessSource[]): boolean => list.some(({ region }) => region === undefined);
  if (how === 'unlinked' && leavesRegion(own) && leavesRegion(others)) return true;
  const open = new Set(others.flatMap(({ model }) => arnsOf(model)).filter(hasSymbol));
  return own.flatMap(({ model }) => arnsOf(model)).some((arn) => open.has(arn));
}

function arnsOf({ principals, resources }: AccessModel): readonly string[] {
  return [...principals, ...resources].map(({ arn }) => arn);
}

function merge(group: readonly AccessSource[], everywhere: readonly AccessSource[]): AccessWorld {
  const all = [...group, ...everywhere];
  const complete = new Set(group.flatMap(({ holds, account }) => (holds === 'account' && account !== undefined ? [account] : [])));
  const partly = group.some(({ holds, account }) => holds === 'template' && (account === undefined || !complete.has(account)));
  const assumptions = new Set(all.flatMap(({ model }) => model.assumptions));
  if (!partly) assumptions.delete(OTHER_PRINCIPALS);
  const homes = new Set(group.flatMap(({ account }) => account ?? []));
  const [home] = homes;
  return {
    labels: group.map(({ label }) => label),
    complete,
    model: {
      principals: group.flatMap(({ model }) => model.principals),
      resources: withFacts(
        all.flatMap(({ model }) => model.resources.map((resource) => atHome(resource, homes.size === 1 ? home : undefined))),
        all,
      ),
      accounts: distinct(group.flatMap(({ model }) => model.accounts)),
      gaps: group.flatMap(({ model }) => model.gaps),
      assumptions: [...assumptions],
    },
  };
}

/** A bucket's ARN names no account: it is taken to be of the world's one account. */
function atHome(resource: AccessResource, account: string | undefined): AccessResource {
  return account !== undefined && resource.id === resource.arn && resource.arn.startsWith('arn:aws:s3:::') && hasSymbol(resource.account)
    ? { ...resource, account }
    : resource;
}

function distinct(accounts: AccessModel['accounts']): AccessModel['accounts'] {
  return [...new Map(accounts.map((account) => [account.id, account])).values()];
}

/** Keys with their grants, aliases and the other keys of their multi-Region set. */
function withFacts(resources: readonly AccessResource[], sources: readonly AccessSource[]): readonly AccessResource[] {
  const grants = sources.flatMap((source) => source.grants ?? []);
  const aliases = sources.flatMap((source) => source.aliases ?? []);
  return resources.map((resource) => {
    if (resource.key === undefined) return resource;
    const own = grants.filter(({ key }) => key === resource.arn);
    const names = aliases.filter(({ key }) => key === resource.arn).map(({ alias }) => alias);
    const id = /:key\/(mrk-[^/]+)$/.exec(resource.arn)?.[1];
    const related = id === undefined ? [] : resources.filter((other) => other.arn !== resource.arn && other.arn.endsWith(`:key/${id}`));
    const key: KeyFacts = {
      ...resource.key,
      grants: [...resource.key.grants, ...own],
      aliases: [...new Set([...resource.key.aliases, ...names])],
      related: [...new Set([...resource.key.related, ...related.map((other) => other.id)])],
    };
    return { ...resource, key };
  });
}

/** What is wrong with policies, where it stands, and what to do. Decisions that could hang on it are undecided by themselves. */
function problemsOf(sources: readonly AccessSource[]): readonly Diagnostic[] {
  return sources.flatMap((source) => source.problems.map(diagnosticOf));
}

function diagnosticOf({ code, message, help, fatal, policy, origin }: ScopeAccess['problems'][number]): Diagnostic {
  return {
    level: fatal ? 'error' : 'warning',
    code,
    message: `${policy}: ${message}.`,
    help: `${help.slice(0, 1).toUpperCase()}${help.slice(1)}.`,
    ...(origin.kind === 'file' ? { file: origin.file, at: origin.range.start } : {}),
  };
}

function notesOf(apart: readonly AccessSource[], worlds: number): readonly Diagnostic[] {
  const templates = apart.filter(({ holds }) => holds === 'template');
  if (worlds < 2 || templates.length === 0) return [];
  return [
    {
      level: 'note',
      code: 'asked-apart',
      message: `${templates.map(({ label }) => label).join(', ')}: asked apart, since nothing says which account and Region they go to.`,
      help: 'Set account and region in keyward.yaml to ask of them together.',
    },
  ];
}
