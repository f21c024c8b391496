import { type Cause, isMap, isOpen, NOT_APPLICABLE, PASS, type Path, Reference, type Value, type Verdict } from '../../model/index.js';
import { eachWorld, type ResourceInWorld } from '../index.js';
import { someCauseOf } from '../policy/cause.js';
import type { Check } from '../rule.js';
import { familyOf, tlsParameter } from './tls-defaults.js';

/** Parameter groups by what they say; databases on a default group by what their engine does. */
export const check: Check = (resource, context) =>
  eachWorld(resource, context, (closed) => {
    switch (closed.type) {
      case 'AWS::RDS::DBParameterGroup':
        // The cluster group decides for Aurora.
        return [String(closed.properties.Family).startsWith('aurora') ? NOT_APPLICABLE : ofGroup(closed)];
      case 'AWS::RDS::DBClusterParameterGroup':
        return [ofGroup(closed)];
      case 'AWS::RDS::DBCluster':
        return [ofDatabase(closed, 'DBClusterParameterGroupName')];
      default:
        // The cluster decides for its members.
        return [closed.properties.DBClusterIdentifier === undefined ? ofDatabase(closed, 'DBParameterGroupName') : NOT_APPLICABLE];
    }
  });

function ofGroup({ properties }: ResourceInWorld): Verdict {
  const { Family, Parameters } = properties;
  if (isOpen(Family)) return { kind: 'undecided', spot: { path: ['Family'] }, because: someCauseOf(Family) };
  const parameter = tlsParameter(String(Family));
  if (parameter === undefined) return NOT_APPLICABLE;
  const path = ['Parameters', parameter.name];
  if (isOpen(Parameters)) return { kind: 'undecided', spot: { path: ['Parameters'] }, because: someCauseOf(Parameters) };
  const value = isMap(Parameters) ? Parameters[parameter.name] : undefined;
  if (value === undefined) return silent(parameter.silent, String(Family), path);
  if (isOpen(value)) return { kind: 'undecided', spot: { path }, because: someCauseOf(value) };
  return isOn(value) ? PASS : { kind: 'fail', spot: { path } };
}

function isOn(value: Value): boolean {
  return ['1', 'on', 'true'].includes(String(value).toLowerCase());
}

function silent(answer: 'on' | 'off' | 'unknown', family: string, path: Path): Verdict {
  if (answer === 'on') return PASS;
  if (answer === 'off') return { kind: 'fail', spot: { path } };
  const cause: Cause = { words: `what ${family} does where nothing is said`, settle: 'set the parameter', kind: 'default' };
  return { kind: 'undecided', spot: { path }, because: [cause] };
}

/** A group of the scope is judged itself; any other than a default group is known to the account alone. */
function ofDatabase({ properties }: ResourceInWorld, property: string): Verdict {
  const group = properties[property];
  if (group instanceof Reference) return NOT_APPLICABLE;
  if (group !== undefined) {
    const spot = { path: [property] };
    if (isOpen(group)) return { kind: 'undecided', spot, because: someCauseOf(group) }; // equivalent: the words differ, the verdict does not
    const family = /^default\.(.+)$/.exec(String(group))?.[1];
    if (family !== undefined) return ofFamily(family, [property]);
    return {
      kind: 'undecided',
      spot,
      because: [{ words: `the parameter group ${String(group)}`, settle: 'scan the account that holds it', kind: 'elsewhere' }],
    };
  }
  const { Engine, EngineVersion } = properties;
  if (typeof Engine !== 'string') return NOT_APPLICABLE;
  // SQL Server never enforces TLS by itself, whatever its version.
  if (typeof EngineVersion === 'string') return ofFamily(familyOf(Engine, EngineVersion), [property]);
  if (Engine.startsWith('sqlserver')) return ofFamily('sqlserver-ex-16.0', [property]);
  if (tlsParameter(`${Engine}0`) === undefined) return NOT_APPLICABLE;
  const because = EngineVersion === undefined ? [UNSTATED_VERSION] : someCauseOf(EngineVersion);
  return { kind: 'undecided', spot: { path: [property] }, because };
}

const UNSTATED_VERSION: Cause = {
  words: 'the engine version, which is not stated',
  settle: 'state EngineVersion or a parameter group',
  kind: 'default',
};

function ofFamily(family: string, path: Path): Verdict {
  const parameter = tlsParameter(family);
  return parameter === undefined ? NOT_APPLICABLE : silent(parameter.silent, family, path);
}
