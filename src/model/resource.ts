import type { Origin, Path } from './place.js';
import type { Value, ValueMap } from './value.js';
import type { Formula, World } from './variable.js';

/** Unique in a snapshot: the scope's id, `#`, and the address in the scope: `stacks/app.yaml#Network/Key`. */
export type ResourceId = string;

/** Which kind of source a fact was read from; a rule lists those it serves. */
export type SourceKind = 'cloudformation' | 'terraform' | 'account';

/**
 * One AWS resource in CloudFormation's vocabulary, whatever it was read from. Types CloudFormation lacks begin with
 * `Keyward::` and are declared in `src/model/extensions`.
 */
export interface Resource {
  readonly id: ResourceId;
  /** `AWS::KMS::Key`. */
  readonly type: string;
  /** The address inside the scope as its users write it: `Network/Key`, `module.a.aws_kms_key.b[0]`, an ARN. */
  readonly address: string;
  /** The short name that messages use: the logical id, the Terraform name, the last part of an ARN; for CDK the construct path. */
  readonly name: string;
  /** By CloudFormation property name and shape; scalars coerced to the schema's type, defaults entered (see `defaulted`). */
  readonly properties: ValueMap;
  /** Properties (top-level names or formatted paths) that the source does not say and the default table filled in, with the reason. */
  readonly defaulted: ReadonlyMap<string, string>;
  /** What surrounds the properties in CloudFormation: DeletionPolicy, UpdateReplacePolicy, DependsOn, Metadata, CreationPolicy… */
  readonly attributes: ValueMap;
  /** Facts no property holds (KeyState, DeletionDate, last use), from live accounts. */
  readonly observed: ValueMap;
  /** Present where the resource exists only under a condition that can't be known. */
  readonly exists?: Formula;
  /** True where any property or attribute holds an open value: a judge may skip the slow way otherwise. */
  readonly open: boolean;
  /** The whole resource in its source. */
  readonly origin: Origin;
  /** Scope-level facts such as a transform-made resource: the address of what the user wrote (`Api` for `ApiStage`). */
  readonly madeFrom?: string;
  /**
   * The place of the value at `path` under the properties (`section: 'attributes'` for the attributes) as it is in `world`.
   * Where the path leads to nothing the nearest ancestor that is written answers, and `exact` is false.
   * The first call on a resource may read its source again; call it for what is shown, not for what is judged.
   */
  place(path: Path, world?: World, section?: 'properties' | 'attributes'): { readonly origin: Origin; readonly exact: boolean };
}

/** The value at a path, or undefined where the path leads nowhere (or into an open value). */
export function valueAt(value: Value, path: Path): Value | undefined {
  let at: Value | undefined = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    if (!Object.hasOwn(at, step)) return undefined;
    at = (at as unknown as Record<string | number, Value>)[step];
  }
  return at;
}
