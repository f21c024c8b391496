import type { MapEntry, MapNode, SourceNode } from '../../source/index.js';
import { apiOf, IMPLICIT_HTTP_API, IMPLICIT_REST_API } from './api-event.js';
import { expandApplication } from './application.js';
import { expandCapacityProvider } from './capacity-provider.js';
import { eventsOf } from './events.js';
import { type Draft, type Expansion, entryOf, leaveOpen, report, type SamGap, type SamProblem, type SamResource } from './expansion.js';
import { expandFunction } from './function.js';
import { withGlobals } from './globals.js';
import { expandGraphQlApi } from './graphql-api.js';
import { expandHttpApi } from './http-api.js';
import { itemsOf, mapProperty, plainMap, plainText, property, textProperty } from './intrinsic.js';
import { expandLayerVersion } from './layer-version.js';
import { entriesOf, type MadeMap, make, mapOf } from './made.js';
import { withNames } from './names.js';
import { expandRestApi } from './rest-api.js';
import { expandSimpleTable } from './simple-table.js';
import { expandStateMachine } from './state-machine.js';
import { expandWebSocketApi } from './web-socket-api.js';

export interface SamExpansion {
  readonly root: MapNode;
  /** Logical id of a resource that SAM makes → id of the resource in the template that it is made for. */
  readonly madeFrom: ReadonlyMap<string, string>;
  readonly problems: readonly SamProblem[];
  readonly gaps: readonly SamGap[];
}

const PREFIX = 'AWS::Serverless::';
const TRANSFORM = 'AWS::Serverless-2016-10-31';

const EXPANDERS: Readonly<Record<string, (expansion: Expansion, from: SamResource) => void>> = {
  Function: expandFunction,
  StateMachine: expandStateMachine,
  Api: expandRestApi,
  HttpApi: expandHttpApi,
  SimpleTable: expandSimpleTable,
  LayerVersion: expandLayerVersion,
  Application: expandApplication,
  CapacityProvider: expandCapacityProvider,
  GraphQLApi: expandGraphQlApi,
  WebSocketApi: expandWebSocketApi,
};

/**
 * A template with the resources that the SAM transform makes in place of `AWS::Serverless::*`. Values keep the places where they
 * are written; what SAM adds stands at the property, event or resource that asks for it. Intrinsic functions stay as they are.
 * A template without SAM resources is returned as it is.
 */
export function expandSam(root: MapNode): SamExpansion {
  const resources = mapProperty(root, 'Resources');
  const sam = new Map<string, SamResource>();
  for (const entry of resources?.entries ?? []) {
    const resource = samResource(root, entry);
    if (resource !== undefined) sam.set(entry.key, resource);
  }
  const loops = (resources?.entries ?? []).filter(isSamLoop);
  if (resources === undefined || sam.size + loops.length === 0) return { root, madeFrom: new Map(), problems: [], gaps: [] };
  const expansion: Expansion = {
    template: root,
    sam,
    made: new Map(),
    changed: new Map(),
    conditions: new Map(),
    problems: [],
    gaps: [],
    names: new Map(),
  };
  checkTransform(expansion);
  addImplicitApis(expansion, sam);
  for (const resource of sam.values()) {
    const expand = EXPANDERS[resource.kind];
    if (expand !== undefined) expand(expansion, resource);
    else notExpanded(expansion, resource);
    leaveConnectorsOpen(expansion, resource);
  }
  for (const { key, keySpan } of loops) {
    leaveOpen(
      expansion,
      key,
      `The SAM resources that the loop ${key} makes are not expanded.`,
      'what SAM makes for them is not judged',
      keySpan,
    );
  }
  return finished(expansion, resources);
}

/** A loop is unrolled later, when its list is known; SAM would see the resources it makes. */
function isSamLoop({ key, value }: MapEntry): boolean {
  return key.startsWith('Fn::ForEach::') && holdsSamType(value);
}

function holdsSamType(node: SourceNode): boolean {
  if (node.kind === 'scalar') return false;
  if (node.kind === 'list') return node.items.some(holdsSamType);
  return textProperty(node, 'Type')?.startsWith(PREFIX) === true || node.entries.some((entry) => holdsSamType(entry.value));
}

function samResource(root: MapNode, entry: MapEntry): SamResource | undefined {
  const node = plainMap(entry.value);
  const type = node?.byKey.get('Type')?.value;
  const name = plainText(type);
  if (node === undefined || type === undefined || !name?.startsWith(PREFIX)) return undefined;
  const kind = name.slice(PREFIX.length);
  const own = mapProperty(node, 'Properties') ?? mapOf(type, []);
  const globals = mapProperty(mapProperty(root, 'Globals'), kind);
  const properties = globals === undefined ? own : withGlobals(kind, globals, own, property(node, 'IgnoreGlobals'));
  return { id: entry.key, entry, kind, node, properties, span: { start: type.start, end: type.end }, writtenAs: entry.key };
}

function checkTransform(expansion: Expansion): void {
  if (itemsOf(property(expansion.template, 'Transform')).some((name) => plainText(name) === TRANSFORM)) return;
  const first = [...expansion.sam.values()][0];
  if (first === undefined) return;
  const message = `The template has resources of SAM but no "Transform: ${TRANSFORM}", so CloudFormation would refuse it.`;
  report(expansion, 'warning', 'sam-transform-missing', message, `Add "Transform: ${TRANSFORM}" to the template.`, first.span);
}

/** What can have API events. */
const OWNERS: ReadonlySet<string> = new Set(['Function', 'StateMachine']);

/** The APIs that SAM makes for events that name none; `Globals` count for them, too. */
function addImplicitApis(expansion: Expansion, sam: Map<string, SamResource>): void {
  for (const [id, kind, made] of [
    [IMPLICIT_REST_API, 'Api', { StageName: 'Prod' }],
    [IMPLICIT_HTTP_API, 'HttpApi', {}],
  ] as const) {
    const owners = [...sam.values()].filter(
      (from) =>
        OWNERS.has(from.kind) && eventsOf({ ...expansion, problems: [] }, from).some((event) => event.type === kind && apiOf(event) === id),
    );
    const first = owners[0];
    if (first !== undefined && !sam.has(id)) sam.set(id, implicitApi(expansion, id, kind, made, owners, first));
  }
}

function implicitApi(
  expansion: Expansion,
  id: string,
  kind: string,
  made: MadeMap,
  owners: readonly SamResource[],
  first: SamResource,
): SamResource {
  const { span } = first;
  const own = mapOf(span, entriesOf(span, made));
  const globals = mapProperty(mapProperty(expansion.template, 'Globals'), kind);
  const properties = globals === undefined ? own : withGlobals(kind, globals, own, undefined);
  const node = mapOf(span, entriesOf(span, { Condition: commonCondition(expansion, id, owners, first) }));
  return { id, entry: { key: id, keySpan: span, value: node }, kind, node, properties, span, writtenAs: first.id };
}

/** An implicit API exists where one of the functions with its events does. */
function commonCondition(expansion: Expansion, id: string, owners: readonly SamResource[], first: SamResource): string | undefined {
  const names = new Set(owners.map((owner) => textProperty(owner.node, 'Condition')));
  const only = [...names][0];
  if (names.has(undefined) || names.size === 0) return undefined;
  if (names.size === 1) return only;
  const name = `${id}Condition`;
  const any = make(first.span, { 'Fn::Or': [...names].flatMap((each) => (each === undefined ? [] : [{ Condition: each }])) });
  expansion.conditions.set(name, { key: name, keySpan: first.span, value: any });
  return name;
}

function notExpanded(expansion: Expansion, { id, kind, span }: SamResource): void {
  leaveOpen(expansion, id, `${PREFIX}${kind} is not expanded.`, `what SAM makes for ${id} is not judged`, span);
}

function leaveConnectorsOpen(expansion: Expansion, { id, node }: SamResource): void {
  const connectors = node.byKey.get('Connectors');
  if (connectors !== undefined)
    leaveOpen(expansion, id, `The connectors of ${id} are not expanded.`, 'the access that they grant is not judged', connectors.keySpan);
}

function finished(expansion: Expansion, resources: MapNode): SamExpansion {
  const madeFrom = new Map<string, string>();
  const byOwner = new Map<string, Draft[]>();
  for (const draft of expansion.made.values()) {
    const owned = byOwner.get(draft.from.id);
    if (owned === undefined) byOwner.set(draft.from.id, [draft]);
    else owned.push(draft);
  }
  const taken = new Set(resources.entries.filter((entry) => !expansion.sam.has(entry.key)).map((entry) => entry.key));
  const entries = [...resources.entries.flatMap((entry) => entriesFor(expansion, entry, byOwner, taken, madeFrom))];
  for (const api of [IMPLICIT_REST_API, IMPLICIT_HTTP_API]) {
    if (!resources.byKey.has(api)) entries.push(...drafts(byOwner.get(api) ?? [], taken, madeFrom));
  }
  const changed = new Map<string, SourceNode>([['Resources', mapOf(resources, entries)]]);
  const conditions = mapProperty(expansion.template, 'Conditions');
  if (expansion.conditions.size > 0) {
    changed.set('Conditions', mapOf(conditions ?? resources, [...expansion.conditions.values(), ...(conditions?.entries ?? [])]));
  }
  return {
    root: withNames(rooted(expansion.template, changed), expansion.names),
    madeFrom,
    problems: expansion.problems,
    gaps: expansion.gaps,
  };
}

function entriesFor(
  expansion: Expansion,
  entry: MapEntry,
  byOwner: ReadonlyMap<string, readonly Draft[]>,
  taken: ReadonlySet<string>,
  madeFrom: Map<string, string>,
): readonly MapEntry[] {
  const made = byOwner.get(entry.key);
  if (made !== undefined) return drafts(made, taken, madeFrom);
  const changed = expansion.changed.get(entry.key);
  return [changed === undefined ? entry : { ...entry, value: changed }];
}

/** Where the template has a resource of the id that SAM would make, SAM's is left out: the template's own counts. */
function drafts(made: readonly Draft[], taken: ReadonlySet<string>, madeFrom: Map<string, string>): readonly MapEntry[] {
  return made.flatMap((draft) => {
    if (taken.has(draft.id)) return [];
    if (draft.id !== draft.from.writtenAs) madeFrom.set(draft.id, draft.from.writtenAs);
    return [entryOf(draft)];
  });
}

/** The template with some sections replaced; `Globals` and the SAM transform have done their work and are gone. */
function rooted(template: MapNode, changed: ReadonlyMap<string, SourceNode>): MapNode {
  const kept = template.entries
    .filter((entry) => entry.key !== 'Globals')
    .flatMap((entry) => {
      const value = changed.get(entry.key);
      if (value !== undefined) return [{ ...entry, value }];
      return entry.key === 'Transform' ? otherTransforms(entry) : [entry];
    });
  const added = [...changed]
    .filter(([key]) => !template.byKey.has(key))
    .map(([key, value]): MapEntry => ({ key, keySpan: { start: value.start, end: value.end }, value }));
  return mapOf(template, [...kept, ...added]);
}

function otherTransforms(entry: MapEntry): readonly MapEntry[] {
  if (entry.value.kind !== 'list') return plainText(entry.value) === TRANSFORM ? [] : [entry];
  const items = entry.value.items.filter((item) => plainText(item) !== TRANSFORM);
  return items.length === 0 ? [] : [{ ...entry, value: { ...entry.value, items } }];
}
