import { type Open, OpenValue, type Resource, type ResourceId, type Scope, type Value } from '../../model/index.js';
import type { RuleContext } from '../../rules/index.js';

type OptionsByRule = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What rules may ask of a scope. Indexes are made when first asked for and shared by all rules. */
export function ruleContexts(scope: Scope, asOf: string, options: OptionsByRule): (rule: string) => RuleContext {
  const byId = new Map(scope.resources.map((resource) => [resource.id, resource]));
  const byType = groupByType(scope.resources);
  let referrers: Map<ResourceId, Resource[]> | undefined;
  const shared = {
    scope,
    asOf,
    resource: (id: ResourceId) => byId.get(id) ?? scope.foreign.get(id),
    ofType: (type: string) => byType.get(type) ?? [],
    referrers: (id: ResourceId) => {
      referrers ??= indexReferrers(scope.resources);
      return referrers.get(id) ?? [];
    },
  };
  return (rule) => ({ ...shared, options: options[rule] ?? {} });
}

function groupByType(resources: readonly Resource[]): Map<string, Resource[]> {
  const groups = new Map<string, Resource[]>();
  for (const resource of resources) {
    const group = groups.get(resource.type);
    if (group === undefined) groups.set(resource.type, [resource]);
    else group.push(resource);
  }
  return groups;
}

function indexReferrers(resources: readonly Resource[]): Map<ResourceId, Resource[]> {
  const index = new Map<ResourceId, Resource[]>();
  for (const resource of resources) {
    for (const target of referencesIn(resource.properties)) {
      const known = index.get(target);
      if (known === undefined) index.set(target, [resource]);
      else known.push(resource);
    }
  }
  return index;
}

/** Ids of all resources that a value refers to, on any branch of a condition. */
export function referencesIn(value: Value, found: Set<ResourceId> = new Set()): Set<ResourceId> {
  if (typeof value !== 'object' || value === null) return found;
  if (value instanceof OpenValue) referencesOfOpen(value as Open, found);
  else for (const item of Object.values(value)) referencesIn(item as Value, found);
  return found;
}

function referencesOfOpen(open: Open, found: Set<ResourceId>): void {
  switch (open.kind) {
    case 'reference':
      found.add(open.target);
      return;
    case 'text':
      for (const part of open.parts) referencesIn(part, found);
      return;
    case 'dynamic-reference':
      for (const part of open.parts ?? []) referencesIn(part, found);
      return;
    case 'choice':
      referencesIn(open.then, found);
      referencesIn(open.otherwise, found);
      return;
    default:
      return;
  }
}
