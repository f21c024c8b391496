import type { Span } from '../../../model/index.js';
import type { MapEntry, SourceNode } from '../../source/index.js';
import { addBeside, type Draft, type Expansion, report, type SamResource, setProperty } from './expansion.js';
import { attribute, ifArms, intrinsicCall, isNoValue, itemsOf, plainMap, plainText, property, ref } from './intrinsic.js';
import { type Made, type MadeMap, make, mapOf } from './made.js';
import { managedPolicyArn } from './managed-policy.js';
import { documentOf } from './policy-document.js';
import { isPolicyTemplate, templateStatements } from './policy-template.js';

/** The role that SAM makes for a function or state machine without one; events add to it until it is closed. */
export interface ExecutionRole {
  readonly draft: Draft;
  readonly arn: MadeMap;
  readonly managed: { readonly name: string; readonly node: SourceNode }[];
  readonly inline: SourceNode[];
}

/** `trustPolicy`: who may assume it; `builtIn`: names of managed policies it always has, with the place that asks for each. */
export function openRole(
  expansion: Expansion,
  from: SamResource,
  trustPolicy: Made,
  builtIn: readonly { readonly name: string; readonly span: Span }[],
): ExecutionRole {
  const policies = from.properties.byKey.get('Policies');
  const id = `${from.id}Role`;
  const draft = addBeside(expansion, from, id, 'AWS::IAM::Role', policies?.keySpan ?? from.span, {
    AssumeRolePolicyDocument: trustPolicy,
    Path: property(from.properties, 'RolePath'),
    PermissionsBoundary: property(from.properties, 'PermissionsBoundary'),
  });
  const role: ExecutionRole = { draft, arn: attribute(id, 'Arn'), managed: [], inline: [] };
  for (const { name, span } of builtIn) addManaged(role, name, span);
  itemsOf(policies?.value).forEach((policy, index) => {
    addPolicy(expansion, role, policy, `${id}Policy${index}`);
  });
  return role;
}

/** Adds an AWS managed policy by name, once. */
export function addManaged(role: ExecutionRole, name: string, span: Span): void {
  if (!role.managed.some((known) => known.name === name)) role.managed.push({ name, node: make(span, managedPolicyArn(name)) });
}

export function addInline(role: ExecutionRole, policy: Made, span: Span): void {
  role.inline.push(make(span, policy));
}

export function closeRole(role: ExecutionRole): void {
  if (role.managed.length > 0)
    setProperty(
      role.draft,
      'ManagedPolicyArns',
      role.managed.map((policy) => policy.node),
    );
  if (role.inline.length > 0) setProperty(role.draft, 'Policies', role.inline);
}

function addPolicy(expansion: Expansion, role: ExecutionRole, policy: SourceNode, name: string): void {
  if (isNoValue(policy)) return;
  const arms = ifArms(policy);
  const document = policyDocument(policy);
  const managed = managedArn(policy);
  if (document !== undefined) addInline(role, { PolicyName: name, PolicyDocument: document }, policy);
  else if (managed !== undefined) {
    const known = plainText(policy)?.split('/').at(-1) ?? `#${role.managed.length}`;
    if (!role.managed.some((present) => present.name === known)) role.managed.push({ name: known, node: managed });
  } else if (arms !== undefined) addEither(expansion, role, policy, arms, name);
  else {
    report(
      expansion,
      'warning',
      'sam-policy-unknown',
      'This policy is no policy document, no managed policy and no policy template that SAM knows; it is left out.',
      'Correct the name of the policy template, or write the policy as a document.',
      policy,
    );
  }
}

/** `Fn::If` over two policies of one kind; where one arm is `AWS::NoValue` the other tells the kind. */
function addEither(
  expansion: Expansion,
  role: ExecutionRole,
  policy: SourceNode,
  arms: readonly [SourceNode, SourceNode, SourceNode],
  name: string,
): void {
  const [condition, ...branches] = arms;
  const inline = branches.map((arm): Made | undefined => {
    if (isNoValue(arm)) return arm;
    const document = policyDocument(arm);
    return document && { PolicyName: name, PolicyDocument: document };
  });
  const managed = branches.map((arm): Made | undefined => (isNoValue(arm) ? arm : managedArn(arm)));
  const either = (options: readonly (Made | undefined)[]): SourceNode | undefined => {
    const [then, otherwise] = options;
    return then === undefined || otherwise === undefined ? undefined : make(policy, { 'Fn::If': [condition, then, otherwise] });
  };
  const asInline = either(inline);
  const asManaged = either(managed);
  if (asInline !== undefined) role.inline.push(asInline);
  else if (asManaged !== undefined) role.managed.push({ name: `#${role.managed.length}`, node: asManaged });
  else {
    // One arm is a document and the other an ARN: SAM refuses it, and each arm alone says what the role may get.
    branches.forEach((arm, index) => {
      const other = ref('AWS::NoValue');
      const document = inline[index];
      const arn = managed[index];
      const wrap = (made: Made): SourceNode =>
        make(policy, { 'Fn::If': index === 0 ? [condition, made, other] : [condition, other, made] });
      if (document !== undefined && !isNoValue(arm)) role.inline.push(wrap(document));
      else if (arn !== undefined && !isNoValue(arm)) role.managed.push({ name: `#${role.managed.length}`, node: wrap(arn) });
      else if (!isNoValue(arm)) addPolicy(expansion, role, arm, name);
    });
  }
}

/** The document of an inline policy, written out or given as a template with its parameters. */
function policyDocument(policy: SourceNode): Made | undefined {
  const map = plainMap(policy);
  if (map === undefined) return undefined;
  if (map.byKey.has('Statement')) return map;
  const only: MapEntry | undefined = map.entries.length === 1 ? map.entries[0] : undefined;
  if (only === undefined || !isPolicyTemplate(only.key)) return undefined;
  const place = mapOf(policy, []);
  return make(place, documentOf(templateStatements(only.key, plainMap(only.value))));
}

/** A managed policy by name or ARN, or an intrinsic that gives its ARN. */
function managedArn(policy: SourceNode): SourceNode | undefined {
  const text = plainText(policy);
  if (text !== undefined) return text.startsWith('arn:') ? policy : make(policy, managedPolicyArn(text));
  const call = intrinsicCall(policy);
  return call !== undefined && call.name !== 'Fn::If' ? policy : undefined;
}
