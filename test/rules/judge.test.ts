import { describe, expect, test } from 'vitest';
import {
  ABSENT,
  Choice,
  DynamicReference,
  type Formula,
  Reference,
  type Resource,
  type Scope,
  Text,
  Unknown,
  type Value,
  type ValueMap,
  type Variable,
  type Verdict,
} from '../../src/model/index.js';
import { declaredCheck } from '../../src/rules/declared-judge.js';
import { eachWorld, type RuleContext } from '../../src/rules/index.js';
import { builtinPatterns } from '../../src/rules/pattern.js';
import { type Json, writeOut } from '../../src/rules/schema.js';

const ENV: Variable = {
  id: 'parameter Env',
  words: 'parameter Env',
  type: 'string',
  values: ['prod', 'dev', 'test'],
  compared: ['prod'],
  settle: 'pass --parameters Env=VALUE',
};
const ON: Variable = { id: 'parameter On', words: 'parameter On', type: 'boolean', values: [true, false], compared: [], default: true };
const KEY: Variable = { id: 'parameter Key', words: 'parameter Key', type: 'string', compared: [], default: 'alias/mine' };
const IS_PROD: Formula = { op: 'named', name: 'IsProd', of: { op: 'is', variable: ENV.id, value: 'prod' } };
const on = new Unknown({ kind: 'parameter', words: 'parameter On' }, { type: 'boolean' }, ON.id);
const key = new Unknown({ kind: 'parameter', words: 'parameter Key' }, { type: 'string' }, KEY.id);
const imported = new Unknown({ kind: 'import', words: 'the export KeyArn, which no template of the scan makes' }, { type: 'boolean' });
const mustBeOn = { properties: { Encrypted: { const: true } }, required: ['Encrypted'] };

function resourceOf(properties: ValueMap, more: Partial<Resource> = {}): Resource {
  const origin = { kind: 'file', file: 'a.yaml', range: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } } } as const;
  return {
    id: 'a.yaml#R',
    type: 'AWS::EFS::FileSystem',
    address: 'R',
    name: 'R',
    properties,
    defaulted: new Map(),
    attributes: {},
    observed: {},
    open: true,
    origin,
    place: () => ({ origin, exact: true }),
    ...more,
  };
}

function contextOf(resources: readonly Resource[] = []): RuleContext {
  const scope: Scope = {
    id: 'a.yaml',
    source: 'cloudformation',
    resources,
    variables: new Map([ENV, ON, KEY].map((variable) => [variable.id, variable])),
    exports: [],
    imports: [],
    foreign: new Map(),
    gaps: [],
    sources: [],
    included: [],
  };
  return {
    scope,
    asOf: '2026-01-31',
    resource: (id) => resources.find((one) => one.id === id),
    ofType: (type) => resources.filter((one) => one.type === type),
    referrers: () => [],
    options: {},
  };
}

function judge(
  rule: { when?: Json; must: Json },
  properties: ValueMap,
  more: Partial<Resource> = {},
  others: readonly Resource[] = [],
): readonly Verdict[] {
  const check = declaredCheck(
    { on: 'properties', when: writeOut(rule.when ?? true, {}), must: writeOut(rule.must, {}), secret: false, patterns: builtinPatterns },
    () => undefined,
  );
  return check(resourceOf(properties, more), contextOf(others));
}

/** A verdict in one line: kind, path, condition, causes. */
function say(verdict: Verdict): string {
  if (verdict.kind === 'pass' || verdict.kind === 'not-applicable') return verdict.kind;
  const because = verdict.kind === 'undecided' ? ` because ${verdict.because.map(({ words }) => words).join(', ')}` : '';
  return `${verdict.kind} at ${verdict.spot.path.join('.')}${verdict.condition === undefined ? '' : ` ${verdict.condition}`}${because}`;
}

const inProd = (then: Value, otherwise: Value): Value => new Choice(IS_PROD, then, otherwise);

describe('a declared rule', () => {
  test.each<[string, { when?: Json; must: Json }, ValueMap, string[]]>([
    ['a value that fits passes', { must: mustBeOn }, { Encrypted: true }, ['pass']],
    ['a value that does not fit fails where it stands', { must: mustBeOn }, { Encrypted: false }, ['fail at Encrypted']],
    ['a missing property fails where it would stand', { must: mustBeOn }, {}, ['fail at Encrypted']],
    [
      'what `when` leaves out is not applicable',
      { when: { required: ['KmsKeyId'] }, must: mustBeOn },
      { Encrypted: false },
      ['not-applicable'],
    ],
    [
      'an import is undecided',
      { must: mustBeOn },
      { Encrypted: imported },
      ['undecided at Encrypted because the export KeyArn, which no template of the scan makes'],
    ],
    [
      '`when` open and `must` holding is pass',
      { when: { properties: { On: { const: true } } }, must: mustBeOn },
      { On: imported, Encrypted: true },
      ['pass'],
    ],
    [
      '`when` open and `must` failing hangs on `when`',
      { when: { properties: { On: { const: true } } }, must: mustBeOn },
      { On: imported },
      ['undecided at Encrypted because the export KeyArn, which no template of the scan makes'],
    ],
    [
      'a condition with a bad branch is undecided and says when',
      { must: mustBeOn },
      { Encrypted: inProd(true, false) },
      ['undecided at Encrypted when condition IsProd is false because parameter Env'],
    ],
    ['a condition with two bad branches fails', { must: mustBeOn }, { Encrypted: inProd(false, ABSENT) }, ['fail at Encrypted']],
    ['a condition with two good branches passes', { must: { at: { A: { enum: ['x', 'y'] } } } }, { A: inProd('x', 'y') }, ['pass']],
    [
      'correlated conditions are judged together',
      { must: { anyOf: [{ at: { A: { const: true } } }, { at: { B: { const: true } } }] } },
      { A: inProd(true, false), B: inProd(false, true) },
      ['pass'],
    ],
    [
      'a default that passes is undecided where another value fails',
      { must: mustBeOn },
      { Encrypted: on },
      ['undecided at Encrypted because parameter On could be false'],
    ],
    ['a default that fails is a fail', { must: { at: { Off: { const: false } } } }, { Off: on }, ['fail at Off']],
    [
      'a default of an open list could be anything',
      { must: { at: { A: { pattern: '^alias/' } } } },
      { A: key },
      ['undecided at A because parameter Key could be another value than its default'],
    ],
    ['a default that no other value would turn passes', { must: { at: { A: { type: 'string' } } } }, { A: key }, ['pass']],
    [
      'what the schema does not look at does not matter',
      { must: mustBeOn },
      { Encrypted: true, Other: imported, More: inProd(1, 2) },
      ['pass'],
    ],
    [
      'every failing item of a list has its own place',
      { must: { at: { 'L[].E': { const: true } } } },
      { L: [{ E: true }, { E: false }, {}] },
      ['fail at L.1.E', 'fail at L.2.E'],
    ],
    ['`wherever` does not ask for the property', { must: { wherever: { 'L[].E': { const: true } } } }, { L: [{}, { E: true }] }, ['pass']],
    [
      '`*` steps into every value of a map',
      { must: { wherever: { 'M.*': { maxLength: 1 } } } },
      { M: { a: 'x', b: 'xyz' } },
      ['fail at M.b'],
    ],
    [
      'of alternatives the one that came furthest gives the place',
      { must: { anyOf: [{ at: { A: { const: 1 } } }, { at: { 'B.C': { const: 1 } } }] } },
      { B: { C: 2 } },
      ['fail at B.C'],
    ],
    [
      'a `not` points at what made it fail',
      { must: { not: { properties: { A: { const: 1 } }, required: ['A'] } } },
      { A: 1 },
      ['fail at A'],
    ],
    [
      'a `not` over a list points at each item',
      { must: { not: { at: { L: { contains: { at: { P: { const: '*' } } } } } } } },
      { L: [{ P: 'x' }, { P: '*' }, { P: '*' }] },
      ['fail at L.1.P', 'fail at L.2.P'],
    ],
  ])('%s', (_, rule, properties, verdicts) => {
    expect(judge(rule, properties).map(say)).toEqual(verdicts);
  });

  test('a resource that exists under a condition fails under it', () => {
    expect(judge({ must: mustBeOn }, { Encrypted: false }, { exists: IS_PROD }).map(say)).toEqual([
      'fail at Encrypted when condition IsProd is true',
    ]);
  });

  test('a resource that exists only off the defaults is judged there', () => {
    const exists: Formula = { op: 'is', variable: ON.id, value: false };
    expect(judge({ must: mustBeOn }, { Encrypted: false }, { exists }).map(say)).toEqual(['fail at Encrypted when parameter On is false']);
    expect(judge({ must: mustBeOn }, { Encrypted: true }, { exists }).map(say)).toEqual(['pass']);
  });

  test('worlds without the resource do not count', () => {
    expect(judge({ must: mustBeOn }, { Encrypted: inProd(true, false) }, { exists: IS_PROD }).map(say)).toEqual(['pass']);
  });

  test('one failing item among items that hang on a condition is told apart', () => {
    const list = [{ E: false }, { E: inProd(true, false) }];
    expect(judge({ must: { at: { 'L[].E': { const: true } } } }, { L: list }).map(say)).toEqual([
      'fail at L.0.E',
      'undecided at L.1.E when condition IsProd is false because parameter Env',
    ]);
  });

  test('more than 64 worlds stay open instead of being counted', () => {
    const choices = Array.from(
      { length: 8 },
      (_, index) => new Choice({ op: 'free', id: `f${index}`, words: `test ${index}` }, true, false),
    );
    const [verdict] = judge({ must: { at: { 'L[]': { const: true } } } }, { L: choices });
    expect(verdict?.kind).toBe('undecided');
    expect(judge({ must: { at: { 'L[]': { type: 'boolean' } } } }, { L: choices }).map(say)).toEqual(['pass']);
  });

  test('`stated` tells what the source says from what a default filled in', () => {
    const rule = { must: { not: { stated: ['Encrypted'] } } };
    expect(judge(rule, { Encrypted: true }).map(say)).toEqual(['fail at Encrypted']);
    expect(judge(rule, { Encrypted: true }, { defaulted: new Map([['Encrypted', 'the default']]) }).map(say)).toEqual(['pass']);
    const origin = resourceOf({}).origin;
    const inProduction: Partial<Resource> = { place: (_, world) => ({ origin, exact: world?.values.get(ENV.id) === 'prod' }) };
    expect(judge(rule, { Encrypted: inProd(true, false) }, inProduction).map(say)).toEqual([
      'undecided at Encrypted when condition IsProd is true because parameter Env',
    ]);
  });
});

describe('keyManager', () => {
  const customerKey = resourceOf({}, { id: 'a.yaml#Key', type: 'AWS::KMS::Key', address: 'Key' });
  const unknown = new Unknown({ kind: 'parameter', words: 'parameter K' });
  test.each<[string, Value, string]>([
    ['a key of the scope', new Reference('a.yaml#Key', 'Arn'), 'pass'],
    ['an alias of the user', 'alias/mine', 'pass'],
    ['an alias of the user in an ARN', 'arn:aws:kms:eu-west-1:111122223333:alias/mine', 'pass'],
    ['an alias of AWS', 'alias/aws/s3', 'fail'],
    ['an alias of AWS in an ARN', 'arn:aws:kms:eu-west-1:111122223333:alias/aws/s3', 'fail'],
    ['no key', '', 'fail'],
    ['the word for a key that AWS owns', 'AWS_OWNED_KMS_KEY', 'fail'],
    ['a key id, which proves nothing', '1234abcd-12ab-34cd-56ef-1234567890ab', 'undecided'],
    ['a key ARN, which proves nothing', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab', 'undecided'],
    ['a parameter', unknown, 'undecided'],
    ['something else than a key', new Reference('a.yaml#Elsewhere', 'Arn'), 'undecided'],
    ['two keys of the customer', new Choice(IS_PROD, 'alias/a', new Reference('a.yaml#Key', 'Ref')), 'pass'],
    ['a key of AWS in one branch', new Choice(IS_PROD, 'alias/a', 'alias/aws/s3'), 'undecided'],
  ])('%s', (_, value, kind) => {
    expect(
      judge({ must: { at: { K: { keyManager: 'customer' } } } }, { K: value }, {}, [customerKey]).map((verdict) => verdict.kind),
    ).toEqual([kind]);
  });
});

describe('notLiteralSecret', () => {
  const parameter = (variable: Partial<Variable>): { value: Unknown; variable: Variable } => {
    const full: Variable = { id: 'parameter P', words: 'parameter P', type: 'string', compared: [], ...variable };
    return { value: new Unknown({ kind: 'parameter', words: 'parameter P' }, { type: 'string' }, full.id), variable: full };
  };
  const masked = parameter({ masked: true });
  test.each<[string, Value, Variable | undefined, string]>([
    ['literal text', 'hunter22', undefined, 'fail'],
    ['a number', 12345678, undefined, 'fail'],
    ['no text', '', undefined, 'pass'],
    ['a secret of Secrets Manager', new DynamicReference('secretsmanager', 'db', '{{resolve:secretsmanager:db}}'), undefined, 'pass'],
    ['a secure parameter', new DynamicReference('ssm-secure', 'db', '{{resolve:ssm-secure:db}}'), undefined, 'pass'],
    ['a parameter of Systems Manager that is not secure', new DynamicReference('ssm', 'db', '{{resolve:ssm:db}}'), undefined, 'fail'],
    ['a reference inside a longer text', '{"p":"{{resolve:secretsmanager:db:SecretString:p}}"}', undefined, 'pass'],
    ['a masked parameter', masked.value, masked.variable, 'pass'],
    ['a masked parameter with a default', masked.value, { ...masked.variable, default: 'hunter22' }, 'fail'],
    ['a masked parameter whose default is empty', masked.value, { ...masked.variable, default: '' }, 'pass'],
    ['a parameter that is shown', masked.value, { ...masked.variable, masked: false }, 'fail'],
    ['a parameter of which it is not known', masked.value, parameter({}).variable, 'undecided'],
    ['an import', new Unknown({ kind: 'import', words: 'an export' }), undefined, 'undecided'],
    ['text around a masked parameter', new Text(['p-', masked.value]), masked.variable, 'pass'],
    [
      'text around the account id',
      new Text(['p-', new Unknown({ kind: 'pseudo-parameter', words: 'the account' })]),
      undefined,
      'undecided',
    ],
    ['a literal in one branch', inProd('hunter22', masked.value), masked.variable, 'undecided'],
    ['what another resource gives', new Reference('a.yaml#Secret', 'Ref'), undefined, 'pass'],
  ])('%s', (_, value, variable, kind) => {
    const must = writeOut({ at: { Password: { notLiteralSecret: true } } }, {});
    const check = declaredCheck({ on: 'properties', when: true, must, secret: true, patterns: builtinPatterns }, () => undefined);
    const context = contextOf();
    const variables = new Map([...context.scope.variables, ...(variable === undefined ? [] : [[variable.id, variable] as const])]);
    const verdicts = check(resourceOf({ Password: value }), { ...context, scope: { ...context.scope, variables } });
    expect(verdicts.map((verdict) => verdict.kind)).toEqual([kind]);
    expect(JSON.stringify(verdicts)).not.toContain('hunter22');
  });
});

describe('eachWorld', () => {
  test('settles choices before the judge sees them, and combines what it says', () => {
    const seen: Value[] = [];
    const resource = resourceOf({ A: inProd('x', 'y') });
    const verdicts = eachWorld(resource, contextOf(), (closed) => {
      seen.push(closed.properties.A ?? null);
      return closed.properties.A === 'x' ? [{ kind: 'fail', spot: { path: ['A'] } }] : [{ kind: 'pass' }];
    });
    expect(new Set(seen)).toEqual(new Set(['x', 'y']));
    expect(verdicts.map(say)).toEqual(['undecided at A when condition IsProd is true because parameter Env']);
  });

  test('looks at the properties it is told to, and at other resources', () => {
    let worlds = 0;
    const count = (): Verdict[] => {
      worlds++;
      return [{ kind: 'pass' }];
    };
    eachWorld(resourceOf({ A: inProd(1, 2), B: 1 }), contextOf(), count, { looksAt: ['B'] });
    expect(worlds).toBe(1);
    worlds = 0;
    eachWorld(resourceOf({ B: 1 }), contextOf(), count, { also: [resourceOf({ A: inProd(1, 2) })] });
    expect(worlds).toBe(3);
  });
});
