import {
  type Cause,
  isList,
  isMap,
  type Origin,
  type Path,
  type PolicyDocument,
  type PolicyKind,
  type Resource,
  type Value,
  valueAt,
} from '../../model/index.js';
import { type ParsedPolicy, type PolicyProblem, parsePolicy } from '../policy/parse.js';
import { awsManagedPolicy } from './aws-managed-policies.js';
import type { TextReader } from './policy-text.js';

export interface PlacedProblem extends PolicyProblem {
  readonly policy: string;
  readonly origin: Origin;
}

/** Reads the policies that stand in a scope's resources. */
export class ScopePolicies {
  readonly problems: PlacedProblem[] = [];
  private readonly read = new Map<string, PolicyDocument>();

  constructor(
    private readonly text: TextReader,
    private readonly resource: (id: string) => Resource | undefined,
  ) {}

  /** The document at a path of a resource; undefined where there is none. */
  at(resource: Resource, path: Path, kind: PolicyKind, name: string): PolicyDocument | undefined {
    const value = valueAt(resource.properties, path);
    if (value === undefined) return undefined;
    const key = `${resource.id}#${path.join('.')}#${kind}`;
    const known = this.read.get(key);
    if (known !== undefined) return known;
    const place = (below: Path): Origin => resource.place([...path, ...below]).origin;
    const { document } = this.keep(parsePolicy(value, { name, kind, place, text: this.text.policyText }), name, place);
    this.read.set(key, document);
    return document;
  }

  private keep(parsed: ParsedPolicy, name: string, place: (path: Path) => Origin): ParsedPolicy {
    for (const problem of parsed.problems) this.problems.push({ ...problem, policy: name, origin: place(problem.path) });
    return parsed;
  }

  /** The inline policies of a role, user or group. */
  inline(resource: Resource, owner: string): readonly PolicyDocument[] {
    const policies = valueAt(resource.properties, ['Policies']);
    if (!isList(policies)) return [];
    return policies.flatMap((policy, index) => {
      const written = isMap(policy) ? policy.PolicyName : undefined;
      const name = written === undefined ? `policy ${index + 1}` : `policy ${this.text.policyText(written).text}`;
      return this.at(resource, ['Policies', index, 'PolicyDocument'], 'identity', `${name} of ${owner}`) ?? [];
    });
  }

  /** Managed policies named by reference or ARN; what is not in the scan is a cause, not nothing. */
  managed(
    resource: Resource,
    property: string,
    kind: 'identity' | 'boundary',
  ): { documents: readonly PolicyDocument[]; missing: readonly Cause[] } {
    const value = valueAt(resource.properties, [property]);
    if (value === undefined) return { documents: [], missing: [] };
    const documents: PolicyDocument[] = [];
    const missing: Cause[] = [];
    const items: readonly { value: Value; path: Path }[] = isList(value)
      ? value.map((item, index) => ({ value: item, path: [property, index] }))
      : [{ value, path: [property] }];
    for (const item of items) {
      const read = this.managedPolicy(resource, item.value, item.path, kind);
      if ('words' in read) missing.push(read);
      else documents.push(read);
    }
    return { documents, missing };
  }

  private managedPolicy(resource: Resource, value: Value, path: Path, kind: 'identity' | 'boundary'): PolicyDocument | Cause {
    if (typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'reference') {
      // `kind` of an open value tells its class; a plain map with a member `kind` has no `target`.
      const target = 'target' in value ? this.resource(String(value.target)) : undefined;
      const document =
        target?.type === 'AWS::IAM::ManagedPolicy' ? this.at(target, ['PolicyDocument'], kind, `managed policy ${target.name}`) : undefined;
      if (document !== undefined) return document;
    }
    const { text, unknown } = this.text.policyText(value);
    const known = awsManagedPolicy(text);
    if (known !== undefined && unknown === undefined) {
      const place = (): Origin => resource.place(path).origin;
      return parsePolicy(known, { name: text, kind, arn: text, place, text: this.text.policyText }).document;
    }
    return unknown ?? { words: `the policy ${text}, which is not in the scan`, kind: 'gap' };
  }
}
