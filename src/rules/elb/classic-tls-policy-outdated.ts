import { isList, isMap, isOpen, type Path, type Value, type ValueMap } from '../../model/index.js';
import { eachWorld } from '../index.js';
import { someCauseOf } from '../policy/cause.js';
import { type Problem, verdictsOf } from '../policy/problem.js';
import { any, open, type Truth } from '../policy/truth.js';
import type { Check } from '../rule.js';
import { tlsFloor } from './security-policies.js';

const OLD_VERSIONS: ReadonlySet<Value> = new Set(['Protocol-SSLv3', 'Protocol-TLSv1', 'Protocol-TLSv1.1']);

/** Listeners for HTTPS and SSL of a classic balancer, each by the negotiation policy that it names. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, (closed) => {
    const { Listeners, Policies } = closed.properties;
    const policies = maps(Policies).filter(({ value }) => value.PolicyType === 'SSLNegotiationPolicyType');
    const problems = maps(Listeners)
      .filter(({ value }) => ['HTTPS', 'SSL'].includes(String(value.Protocol).toUpperCase()))
      .map(({ value, index }) => problemOf(value, ['Listeners', index], policies));
    return verdictsOf(problems, 'not-applicable');
  });

interface Item {
  readonly value: ValueMap;
  readonly index: number;
}

function maps(list: Value | undefined): readonly Item[] {
  return isList(list) ? list.flatMap((value, index) => (isMap(value) ? [{ value, index }] : [])) : [];
}

/** A listener takes one negotiation policy; without one it is ELBSecurityPolicy-2016-08, which admits TLS 1.0. */
function problemOf(listener: ValueMap, path: Path, policies: readonly Item[]): Problem {
  const names = isList(listener.PolicyNames) ? listener.PolicyNames : [];
  const unclear = [listener.PolicyNames, ...names].find(isOpen);
  if (unclear !== undefined) return { truth: open(someCauseOf(unclear)), path: [...path, 'PolicyNames'] };
  const own = policies.find(({ value }) => names.includes(value.PolicyName ?? ''));
  if (own !== undefined) return { truth: admitsOld(own.value), path: ['Policies', own.index] };
  const predefined = names.find((name) => tlsFloor(String(name)) !== undefined);
  return { truth: isOld(predefined), path: predefined === undefined ? path : [...path, 'PolicyNames'] };
}

function admitsOld(policy: ValueMap): Truth {
  return any(
    maps(policy.Attributes).map(({ value: { Name, Value: setting } }) => {
      if (isOpen(setting)) return open(someCauseOf(setting));
      if (Name === 'Reference-Security-Policy') return isOld(setting);
      return OLD_VERSIONS.has(Name ?? '') && String(setting) === 'true';
    }),
  );
}

function isOld(policy: Value | undefined): boolean {
  return (tlsFloor(String(policy)) ?? '1.0') < '1.2';
}
