import {
  ALWAYS,
  type Cause,
  type ConditionTest,
  type Formula,
  isList,
  isMap,
  isOpen,
  type Origin,
  type Path,
  type PatternElement,
  type PolicyDocument,
  type PolicyKind,
  type PolicyText,
  type PrincipalElement,
  type PrincipalEntry,
  type Statement,
  type Value,
  type ValueMap,
} from '../../model/index.js';
import { jsonDocument } from './json-document.js';
import { readOperator } from './operators.js';
import { typedPrincipal } from './principal-entry.js';
import { variantsOf } from './variants.js';

/** What the parser must know of the document's surroundings. */
export interface PolicySource {
  readonly name: string;
  readonly kind: PolicyKind;
  readonly arn?: string;
  /** The place of the value at a path below the document. */
  place(path: Path): Origin;
  /** What a value stands for as text: symbols filled in, unknown parts as `*` with the cause. */
  text(value: Value): PolicyText;
}

/** Something wrong with a document, with its place. */
export interface PolicyProblem {
  readonly code: string;
  readonly message: string;
  readonly help: string;
  readonly path: Path;
  /** AWS would refuse the whole document: no decision may rest on what it says. */
  readonly fatal: boolean;
}

export interface ParsedPolicy {
  readonly document: PolicyDocument;
  readonly problems: readonly PolicyProblem[];
}

/** Reads a policy document, an object or JSON text. A document AWS would refuse is `unreadable`: it could say anything. */
export function parsePolicy(value: Value, source: PolicySource): ParsedPolicy {
  const problems: PolicyProblem[] = [];
  const reader = new Reader(source, problems);
  const statements = reader.document(value);
  const fatal = problems.find((problem) => problem.fatal);
  const base = {
    name: source.name,
    kind: source.kind,
    ...(source.arn === undefined ? {} : { arn: source.arn }),
    version: reader.version,
    origin: source.place([]),
  };
  const unreadable: Cause | undefined =
    reader.unreadable ??
    (fatal === undefined ? undefined : { words: `${source.name}, which is malformed: ${fatal.message}`, kind: 'malformed-policy' });
  return { document: unreadable === undefined ? { ...base, statements } : { ...base, statements: [], unreadable }, problems };
}

const STATEMENT_ELEMENTS = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);
/** Kinds whose statements say who [IAM guide: Grammar of the IAM JSON policy language]. */
const NAMES_PRINCIPAL: ReadonlySet<PolicyKind> = new Set(['resource', 'trust', 'rcp', 'endpoint']);

class Reader {
  version: PolicyDocument['version'] = '2008-10-17';
  unreadable: Cause | undefined;

  constructor(
    private readonly source: PolicySource,
    private readonly problems: PolicyProblem[],
  ) {}

  private refuse(code: string, path: Path, message: string, help: string): void {
    this.problems.push({ code, message, help, path, fatal: true });
  }

  private warn(code: string, path: Path, message: string, help: string): void {
    this.problems.push({ code, message, help, path, fatal: false });
  }

  document(value: Value): readonly Statement[] {
    if (isOpen(value)) {
      this.unreadable = this.source.text(value).unknown ?? { words: `${this.source.name}, which is not known yet`, kind: 'unknown' };
      return [];
    }
    const body = typeof value === 'string' ? this.fromText(value) : value;
    if (!isMap(body)) {
      if (this.problems.length === 0)
        this.refuse('policy-not-an-object', [], 'a policy document must be a JSON object', 'write { "Version": …, "Statement": […] }');
      return [];
    }
    if (body.Version !== undefined) {
      const { text, unknown } = this.source.text(body.Version);
      if (text === '2012-10-17' || text === '2008-10-17') this.version = text;
      else if (unknown === undefined) this.refuse('policy-version', ['Version'], `"${text}" is no policy version`, 'use "2012-10-17"');
    }
    const written = body.Statement;
    if (written === undefined) {
      this.refuse('policy-without-statement', [], 'the document has no Statement', 'add a Statement');
      return [];
    }
    const items = isList(written)
      ? written.map((item, index) => ({ item, path: ['Statement', index] as Path }))
      : [{ item: written, path: ['Statement'] as Path }];
    return items.flatMap(({ item, path }, index) => this.variants(item, path, index));
  }

  private fromText(text: string): Value | undefined {
    const read = jsonDocument(text);
    if (read.kind === 'document') return read.value;
    this.refuse(read.kind === 'duplicate' ? 'policy-duplicate-member' : 'policy-syntax', [], read.message, 'mend the JSON of the policy');
    return undefined;
  }

  private variants(value: Value, path: Path, index: number): readonly Statement[] {
    const variants = variantsOf(value);
    if (variants === undefined) {
      this.unreadable = { words: `a statement of ${this.source.name} that hangs on many conditions`, kind: 'limit' };
      return [];
    }
    return variants.flatMap(({ when, value: body }) => {
      if (isOpen(body)) {
        if (body.kind !== 'absent')
          this.unreadable = this.source.text(body).unknown ?? { words: `a statement of ${this.source.name}`, kind: 'unknown' };
        return [];
      }
      const statement = isMap(body) ? this.statement(body, path, index, when) : undefined;
      if (!isMap(body))
        this.refuse('policy-statement', path, 'a statement must be an object', 'write { "Effect": …, "Action": …, "Resource": … }');
      return statement === undefined ? [] : [statement];
    });
  }

  private statement(body: ValueMap, path: Path, index: number, when: Formula): Statement | undefined {
    for (const name of Object.keys(body)) {
      if (!STATEMENT_ELEMENTS.has(name))
        this.refuse('policy-unknown-element', [...path, name], `"${name}" is no element of a statement`, 'remove it or mend its name');
    }
    const effect = body.Effect === undefined ? undefined : this.source.text(body.Effect).text;
    if (effect !== 'Allow' && effect !== 'Deny') {
      this.refuse(
        'policy-effect',
        [...path, 'Effect'],
        effect === undefined ? 'the statement has no Effect' : `"${effect}" is no Effect`,
        'write "Allow" or "Deny"',
      );
      return undefined;
    }
    const action = this.element(body, 'Action', 'NotAction', path);
    if (action === undefined) {
      this.refuse('policy-without-action', path, 'the statement has no Action', 'name the actions');
      return undefined;
    }
    const resource = this.element(body, 'Resource', 'NotResource', path);
    if (resource === undefined && this.source.kind !== 'trust') {
      if (this.source.kind !== 'resource') {
        this.refuse('policy-without-resource', path, 'the statement has no Resource', 'name the resources');
        return undefined;
      }
      this.warn('policy-statement-without-effect', path, 'the statement has no Resource and therefore no effect', 'add "Resource": "*"');
      return undefined;
    }
    const principal = this.principal(body, path);
    if (NAMES_PRINCIPAL.has(this.source.kind) && principal === undefined) {
      this.refuse('policy-without-principal', path, 'the statement has no Principal', 'name who it is for');
      return undefined;
    }
    if (!NAMES_PRINCIPAL.has(this.source.kind) && principal !== undefined) {
      this.refuse('policy-principal-misplaced', path, 'a policy of this kind takes no Principal', 'remove the Principal');
      return undefined;
    }
    const sid = body.Sid === undefined ? undefined : this.source.text(body.Sid).text;
    return {
      index,
      ...(sid === undefined ? {} : { sid }),
      effect,
      ...(principal === undefined ? {} : { principal }),
      action,
      ...(resource === undefined ? {} : { resource }),
      conditions: this.conditions(body.Condition, path),
      origin: this.source.place(path),
      ...(when === ALWAYS ? {} : { exists: { when, causes: [{ words: `a condition of ${this.source.name}`, kind: 'condition' }] } }),
    };
  }

  private element(body: ValueMap, plain: string, negated: string, path: Path): PatternElement | undefined {
    const both = body[plain] !== undefined && body[negated] !== undefined;
    if (both)
      this.refuse('policy-both-elements', [...path, negated], `${plain} and ${negated} can't stand together`, `keep one of the two`);
    const name = body[plain] !== undefined ? plain : negated;
    const value = body[name];
    if (value === undefined) return undefined;
    const items = isList(value) ? value : [value];
    if (items.some((item) => isMap(item) || isList(item) || item === null)) {
      this.refuse('policy-element', [...path, name], `${name} must be a text or a list of texts`, `write "${name}": […]`);
      return undefined;
    }
    return { negated: name === negated, patterns: items.map((item) => this.source.text(item)) };
  }

  private principal(body: ValueMap, path: Path): PrincipalElement | undefined {
    const negated = body.NotPrincipal !== undefined;
    const name = negated ? 'NotPrincipal' : 'Principal';
    const value = body[name];
    if (value === undefined) return undefined;
    if (isOpen(value) || typeof value === 'string') {
      const { text, unknown } = this.source.text(value);
      if (unknown !== undefined) return { negated, entries: [{ kind: 'unknown', cause: unknown }] };
      if (text === '*') return { negated, entries: [{ kind: 'anyone' }] };
    }
    if (!isMap(value)) {
      this.refuse('policy-principal', [...path, name], `${name} must be "*" or an object`, 'write { "AWS": "arn:…" }');
      return undefined;
    }
    const entries: PrincipalEntry[] = [];
    for (const [type, written] of Object.entries(value)) {
      const items = isList(written) ? written : [written];
      items.forEach((item, index) => {
        const entry = typedPrincipal(type, this.source.text(item));
        if (entry !== undefined) entries.push(entry);
        else {
          const place = isList(written) ? [...path, name, type, index] : [...path, name, type];
          this.refuse(
            'policy-principal',
            place,
            `"${this.source.text(item).text}" is no principal of type ${type}`,
            'name an account, a user, a role, a session or a service',
          );
        }
      });
    }
    return { negated, entries };
  }

  private conditions(value: Value | undefined, path: Path): readonly ConditionTest[] {
    if (value === undefined) return [];
    const at = [...path, 'Condition'];
    if (!isMap(value)) {
      this.refuse('policy-condition', at, 'Condition must be an object', 'write { "StringEquals": { "aws:…": "…" } }');
      return [];
    }
    return Object.entries(value).flatMap(([written, keys]) => {
      const read = readOperator(written);
      if (read === undefined) {
        this.refuse('policy-operator', [...at, written], `"${written}" is no condition operator`, 'mend its name');
        return [];
      }
      if (!isMap(keys)) {
        this.refuse('policy-condition', [...at, written], `${written} must be an object of condition keys`, 'write { "aws:…": "…" }');
        return [];
      }
      return Object.entries(keys).map(
        ([key, operands]): ConditionTest => ({
          operator: read.operator.name,
          ...(read.set === undefined ? {} : { set: read.set }),
          ifExists: read.ifExists,
          key,
          values: (isList(operands) ? operands : [operands]).map((operand) => this.source.text(operand)),
          origin: this.source.place([...at, written, key]),
        }),
      );
    });
  }
}
