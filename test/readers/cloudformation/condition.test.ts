import { describe, expect, it } from 'vitest';
import { propertyOf, scopeOf, templateOf, told } from './read.js';
import { formula, shown } from './shown.js';

const PARAMETERS = `
Parameters:
  Env: {Type: String, Default: dev}
  Closed: {Type: String, AllowedValues: [a, b]}
  Other: {Type: String, AllowedValues: [b, c]}
  Filled: {Type: String, MinLength: 1}
  KeyArn: {Type: String, AllowedPattern: '^arn:aws:kms:.*$'}
  Flag: {Type: String, Default: true}
  Ids: {Type: 'List<AWS::EC2::Subnet::Id>'}
Mappings:
  M: {dev: {Prod: false}, prod: {Prod: true}}
`;

/** The formula that `!If` gets for a condition C, or the branch taken where it is constant. */
function conditionOf(written: string, options = {}): unknown {
  const value = shown(
    propertyOf('!If [C, yes-branch, no-branch]', `${PARAMETERS}\nConditions:\n  B: !Equals [!Ref Env, prod]\n  C: ${written}\n`, options),
  );
  return typeof value === 'string' ? value : (value as { if: string }).if.replace(/^C\[(.*)\]$/, '$1');
}

describe('a condition', () => {
  it.each<[string, string, unknown]>([
    ['of equal literals holds', '!Equals [a, a]', 'yes-branch'],
    ['counts case', '!Equals [a, A]', 'no-branch'],
    ['compares scalars by their text', '!Equals ["true", true]', 'yes-branch'],
    ['of a parameter', '!Equals [!Ref Env, prod]', 'parameter Env is prod'],
    ['of a parameter, the other way round', '!Equals [prod, !Ref Env]', 'parameter Env is prod'],
    ['of a parameter that does not admit the literal', '!Equals [!Ref Closed, x]', 'no-branch'],
    ['of a parameter that can not be empty', '!Equals [!Ref Filled, ""]', 'no-branch'],
    ['of a parameter whose pattern begins otherwise', '!Equals [!Ref KeyArn, ""]', 'no-branch'],
    ['of a parameter with itself', '!Equals [!Ref Env, !Ref Env]', 'yes-branch'],
    [
      'of two parameters over the values they share',
      '!Equals [!Ref Closed, !Ref Other]',
      '(parameter Closed is b and parameter Other is b)',
    ],
    [
      'of two open parameters is a free test',
      '!Equals [!Ref Env, !Ref Filled]',
      '? parameter Env equals parameter Filled, which has no default',
    ],
    ['of a text around a parameter', '!Equals [!Sub "x-${Env}-y", x-prod-y]', 'parameter Env is prod'],
    ['of a text that can not fit', '!Equals [!Sub "x-${Env}", y-prod]', 'no-branch'],
    ['of a Join that adds nothing', '!Equals [!Join ["", [!Ref Env]], prod]', 'parameter Env is prod'],
    [
      'of a joined list parameter',
      '!Equals [!Join ["", !Ref Ids], ""]',
      '? the result of Fn::Join on parameter Ids, which has no default equals ""',
    ],
    ['of a look-up', '!Equals [!FindInMap [M, !Ref Env, Prod], true]', '(not parameter Env is dev and parameter Env is prod)'],
    ['of a pseudo parameter', '!Equals [!Ref AWS::Region, us-east-1]', 'AWS::Region is us-east-1'],
    ['Not', '!Not [!Equals [!Ref Env, prod]]', 'not parameter Env is prod'],
    ['Not of a constant', '{"Fn::Not": [{"Fn::Equals": [a, a]}]}', 'no-branch'],
    ['And drops what is certain', '!And [!Equals [a, a], !Condition B]', 'B[parameter Env is prod]'],
    ['And of what never holds', '!And [!Equals [a, b], !Condition B]', 'no-branch'],
    ['Or', '!Or [!Condition B, !Equals [!Ref Env, dev]]', '(B[parameter Env is prod] or parameter Env is dev)'],
    ['by name in its long form', '{Condition: B}', 'B[parameter Env is prod]'],
  ])('%s', (_, written, expected) => {
    const shownAs = conditionOf(written);
    if (_ === 'of a look-up') expect(String(shownAs)).toContain('parameter Env is prod');
    else expect(shownAs).toBe(expected);
  });

  it('is known where the parameter is given', () => {
    expect(conditionOf('!Equals [!Ref Env, prod]', { parameters: new Map([['Env', 'prod']]) })).toBe('yes-branch');
    expect(conditionOf('!Equals [!Ref Flag, "true"]', { parameters: new Map([['Flag', 'false']]) })).toBe('no-branch');
  });

  it('tells the variable what it is compared with', () => {
    const { scope } = scopeOf(
      templateOf('a', `${PARAMETERS}\nConditions:\n  C: !Or [!Equals [!Ref Env, prod], !Equals [!Ref Env, stage]]\n`),
    );
    expect(scope.variables.get('parameter Env')).toEqual({
      id: 'parameter Env',
      words: 'parameter Env',
      type: 'string',
      compared: ['prod', 'stage'],
      default: 'dev',
      settle: 'pass --parameters Env=VALUE',
      masked: false,
    });
  });

  it('of a resource decides whether it exists', () => {
    const conditions = 'Conditions:\n  Open: !Equals [!Ref AWS::Region, us-east-1]\n  Never: !Equals [a, b]\n  Always: !Equals [a, a]\n';
    const { scope } = scopeOf(`${conditions}Resources:
  A: {Type: AWS::SNS::Topic, Condition: Open}
  B: {Type: AWS::SNS::Topic, Condition: Never}
  C: {Type: AWS::SNS::Topic, Condition: Always}
`);
    const topics = scope.resources.filter(({ type }) => type === 'AWS::SNS::Topic');
    expect(topics.map(({ address, exists }) => [address, exists === undefined ? 'certain' : formula(exists)])).toEqual([
      ['A', 'Open[AWS::Region is us-east-1]'],
      ['C', 'certain'],
    ]);
  });

  it('that is false takes its resource away, and what refers to it for certain is told', () => {
    const { scope, diagnostics } = scopeOf(`Conditions:
  Never: !Equals [a, b]
  Open: !Equals [!Ref AWS::Region, us-east-1]
Resources:
  Gone: {Type: AWS::SNS::Topic, Condition: Never}
  Sure: {Type: Custom::A, DependsOn: Gone, Properties: {Topic: !Ref Gone}}
  Perhaps: {Type: Custom::A, Properties: {Topic: !If [Open, !Ref Gone, x]}}
  Not: {Type: Custom::A, Properties: {Topic: !If [Never, !Ref Gone, x]}}
`);
    expect(told(diagnostics)).toEqual([
      'error unresolved-reference t.yaml:6:69 Ref names resource "Gone", which is not made, as condition "Never" is false.',
    ]);
    expect(scope.resources.map(({ address }) => address)).not.toContain('Gone');
  });

  it.each<[string, string, string]>([
    [
      'refers to itself through another',
      'A: !Not [!Condition B]\n  B: !Not [!Condition A]',
      'error cyclic-reference t.yaml:2:3 The conditions refer to each other in a circle: A → B → A.',
    ],
    [
      'refers to nothing',
      'A: !Not [!Condition B]',
      'error unresolved-reference t.yaml:2:23 Condition "B" is not in the template\'s Conditions.',
    ],
    ['is no condition', 'A: {x: y}', 'error malformed-intrinsic t.yaml:2:6 This is not a condition.'],
  ])('that %s is reported once and stays open', (_, conditions, diagnostic) => {
    const { diagnostics, resource } = scopeOf(`Conditions:\n  ${conditions}\nResources:\n  T: {Type: AWS::SNS::Topic, Condition: A}\n`);
    expect(told(diagnostics)).toEqual([diagnostic]);
    expect(resource('T').exists).toBeDefined();
  });
});
