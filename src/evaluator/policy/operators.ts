/** How an operator compares: which family of values, and whether it is the negated form. */
export interface Operator {
  readonly name: string;
  readonly family: 'string' | 'string-folded' | 'pattern' | 'arn' | 'numeric' | 'date' | 'bool' | 'binary' | 'ip' | 'null';
  readonly negated: boolean;
  /** For numbers and dates. */
  readonly relation?: '=' | '<' | '<=' | '>' | '>=';
}

const table: readonly (readonly [string, Operator['family'], boolean, Operator['relation']?])[] = [
  ['StringEquals', 'string', false],
  ['StringNotEquals', 'string', true],
  ['StringEqualsIgnoreCase', 'string-folded', false],
  ['StringNotEqualsIgnoreCase', 'string-folded', true],
  ['StringLike', 'pattern', false],
  ['StringNotLike', 'pattern', true],
  ['ArnEquals', 'arn', false],
  ['ArnLike', 'arn', false],
  ['ArnNotEquals', 'arn', true],
  ['ArnNotLike', 'arn', true],
  ['NumericEquals', 'numeric', false, '='],
  ['NumericNotEquals', 'numeric', true, '='],
  ['NumericLessThan', 'numeric', false, '<'],
  ['NumericLessThanEquals', 'numeric', false, '<='],
  ['NumericGreaterThan', 'numeric', false, '>'],
  ['NumericGreaterThanEquals', 'numeric', false, '>='],
  ['DateEquals', 'date', false, '='],
  ['DateNotEquals', 'date', true, '='],
  ['DateLessThan', 'date', false, '<'],
  ['DateLessThanEquals', 'date', false, '<='],
  ['DateGreaterThan', 'date', false, '>'],
  ['DateGreaterThanEquals', 'date', false, '>='],
  ['Bool', 'bool', false],
  ['BinaryEquals', 'binary', false],
  ['IpAddress', 'ip', false],
  ['NotIpAddress', 'ip', true],
  ['Null', 'null', false],
];

/** Condition operators by lower-cased name [IAM guide: Condition operators]; names are read ignoring case. */
const operators: ReadonlyMap<string, Operator> = new Map(
  table.map(([name, family, negated, relation]) => [
    name.toLowerCase(),
    { name, family, negated, ...(relation === undefined ? {} : { relation }) },
  ]),
);

export interface WrittenOperator {
  readonly operator: Operator;
  readonly set?: 'ForAllValues' | 'ForAnyValue';
  readonly ifExists: boolean;
}

/** Takes `ForAllValues:StringLikeIfExists` apart; undefined where no such operator exists. `Null` takes no `IfExists`. */
export function readOperator(written: string): WrittenOperator | undefined {
  const colon = written.indexOf(':');
  const prefix = colon < 0 ? '' : written.slice(0, colon).toLowerCase();
  const set = prefix === 'forallvalues' ? 'ForAllValues' : prefix === 'foranyvalue' ? 'ForAnyValue' : undefined;
  if (colon >= 0 && set === undefined) return undefined;
  const rest = written.slice(colon + 1).toLowerCase();
  const ifExists = rest.endsWith('ifexists');
  const operator = operators.get(ifExists ? rest.slice(0, -'ifexists'.length) : rest);
  if (operator === undefined || (ifExists && operator.family === 'null')) return undefined;
  return { operator, ifExists, ...(set === undefined ? {} : { set }) };
}

export function operatorNamed(name: string): Operator | undefined {
  return operators.get(name.toLowerCase());
}
