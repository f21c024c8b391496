import { describe, expect, it } from 'vitest';
import { folderOf, keyward, type Ran } from './access-io.js';
import { APP } from './access-template.js';

/** The members of an answer that the tests look at. */
interface Answer {
  readonly decision: string;
  readonly conditions: readonly (readonly { readonly words: string }[])[];
  readonly assumptions: readonly string[];
  readonly because?: readonly { readonly words: string }[];
  readonly parts?: readonly { readonly part: string; readonly action: string; readonly on: string; readonly decision: string }[];
  readonly dead?: string;
  readonly steps: readonly {
    readonly layer: string;
    readonly outcome: string;
    readonly words: string;
    readonly file?: string;
    readonly line?: number;
  }[];
}

async function can(asked: readonly string[], files: Readonly<Record<string, string>> = { 'app.yaml': APP }): Promise<Answer> {
  const { code, out, err } = await keyward(folderOf(files), ['can', ...asked, '--format', 'json', '--in', '.']);
  if (out === '') throw new Error(err);
  const answer = JSON.parse(out) as Answer;
  expect(code).toBe(answer.decision === 'undecided' ? 3 : 0);
  return answer;
}

async function whoCan(asked: readonly string[], files: Readonly<Record<string, string>> = { 'app.yaml': APP }) {
  const { out, err } = await keyward(folderOf(files), ['who-can', ...asked, '--format', 'json', '--in', '.']);
  if (out === '') throw new Error(err);
  return JSON.parse(out) as {
    readonly who: readonly (Answer & { readonly who: string; readonly through?: string })[];
    readonly chains: readonly { readonly who: string; readonly links: readonly { readonly words: string }[] }[];
    readonly assumptions: readonly string[];
  };
}

const pretty = (asked: readonly string[], files: Readonly<Record<string, string>> = { 'app.yaml': APP }): Promise<Ran> =>
  keyward(folderOf(files), [...asked, '--in', '.']);

describe('who-can on a template, before anything is deployed', () => {
  it('names the role, the account by delegation as an assumption, and nobody else', async () => {
    const { who, assumptions } = await whoCan(['kms:Decrypt', 'Key']);
    expect(who.map(({ who: name, decision }) => [name, decision])).toEqual([
      ['role App', 'allowed'],
      ["the account's root user and administrators", 'allowed'],
    ]);
    expect(assumptions).toContainEqual(expect.stringContaining("whoever the account's IAM lets use a delegating key may do so"));
  });

  it('says where each of them is let in', async () => {
    const { code, out } = await pretty(['who-can', 'kms:Decrypt', 'Key']);
    expect(code).toBe(0);
    expect(out).toContain('statement Decrypt of policy Read of role App allows kms:Decrypt  app.yaml:28:17');
    expect(out).toContain('statement Account of key policy of Key allows kms:Decrypt  app.yaml:9:13');
  });

  it.each([
    ['a construct path or logical id', 'Key'],
    ['the file and the logical id', 'app.yaml#Key'],
    ['the whole construct path', 'app/Key/Resource'],
    ['an alias', 'alias/app'],
  ])('finds the key by %s', async (_, address) => {
    expect((await whoCan(['kms:Decrypt', address])).who.map(({ who }) => who)[0]).toBe('role App');
  });

  it('lists who may read a secret, with the key that stands behind it', async () => {
    const { who } = await whoCan(['secretsmanager:GetSecretValue', 'app/own']);
    expect(who.map(({ who: name }) => name)).toEqual(['role App', "the account's root user and administrators"]);
  });

  it('adds the other keys of a multi-Region set', async () => {
    const replica = `
  Replica:
    Type: AWS::KMS::ReplicaKey
    Properties:
      PrimaryKeyArn: !GetAtt Key.Arn
      KeyPolicy:
        Version: '2012-10-17'
        Statement: [{ Effect: Allow, Principal: { AWS: !GetAtt Reader.Arn }, Action: 'kms:Decrypt', Resource: '*' }]
`;
    const { who } = await whoCan(['kms:Decrypt', 'Key'], { 'app.yaml': APP + replica });
    expect(who.filter(({ through }) => through === 'Replica').map(({ who: name }) => name)).toEqual(['role Reader']);
    expect(
      (await whoCan(['kms:PutKeyPolicy', 'Key'], { 'app.yaml': APP + replica })).who.some(({ through }) => through !== undefined),
    ).toBe(false);
  });

  it('leaves the account open where nothing is assumed', async () => {
    const { who, assumptions } = await whoCan(['kms:Decrypt', 'Key', '--assume', 'none']);
    expect(assumptions).toEqual([]);
    expect(who.map(({ decision }) => decision)).toEqual(['undecided', 'undecided', 'undecided']);
  });
});

describe('can on a template', () => {
  it.each([
    ['an IAM Allow counts where the key policy lets IAM decide', ['App', 'kms:Decrypt', 'Key'], 'allowed'],
    ['an action that no policy names is not allowed', ['App', 'kms:Encrypt', 'Key'], 'implicitly-denied'],
    ['a bucket asked for its objects is asked for any of them', ['App', 's3:GetObject', 'Bucket'], 'allowed'],
    ['an object by its name', ['App', 's3:GetObject', 'Bucket/a/b.txt'], 'allowed'],
    ['a secret by its name', ['App', 'secretsmanager:GetSecretValue', 'app/own'], 'allowed'],
    ['a parameter by its name', ['App', 'ssm:GetParameter', '/app/flag'], 'allowed'],
    ['a parameter of another path', ['App', 'ssm:GetParameter', '/other/flag'], 'implicitly-denied'],
    ['a service that only may assume the role', ['lambda.amazonaws.com', 'kms:Decrypt', 'Key'], 'implicitly-denied'],
    ['the account itself, to which the key policy delegates', ['root', 'kms:PutKeyPolicy', 'Key'], 'allowed'],
    ['an anonymous caller never uses a key', ['anonymous', 'kms:Decrypt', 'Key'], 'implicitly-denied'],
  ])('%s', async (_, asked, decision) => {
    expect((await can(asked)).decision).toBe(decision);
  });

  it('explains with places what allowed and what is missing', async () => {
    const { out } = await pretty(['can', 'App', 'kms:Encrypt', 'Key', '--explain']);
    expect(out).toContain('role App may not kms:Encrypt on Key: an Allow is missing (implicitly-denied).');
    expect(out).toContain('statement Account of key policy of Key allows kms:Encrypt  app.yaml:9:13');
    expect(out).toContain('policy Read of role App says nothing about this  app.yaml:25:11');
    expect(out).toContain('Missing: an Allow in identity policies.');
  });

  it('names the Deny that applies', async () => {
    const denied = APP.replace(
      '- { Sid: Decrypt,',
      "- { Sid: Never, Effect: Deny, Action: 'kms:*', Resource: '*' }\n              - { Sid: Decrypt,",
    );
    const { out } = await pretty(['can', 'App', 'kms:Decrypt', 'Key', '--explain'], { 'app.yaml': denied });
    expect(out).toContain('a Deny applies (explicitly-denied)');
    expect(out).toContain('statement Never of policy Read of role App denies kms:Decrypt  app.yaml:28:17');
  });

  it('says in words what must hold, and takes what is said of the request', async () => {
    const endpoint = APP.replace(
      'Resource: !GetAtt Key.Arn }',
      "Resource: !GetAtt Key.Arn, Condition: { StringEquals: { 'aws:SourceVpce': vpce-1 } } }",
    );
    const files = { 'app.yaml': endpoint };
    const open = await can(['App', 'kms:Decrypt', 'Key'], files);
    expect(open.conditions.map((product) => product.map(({ words }) => words))).toEqual([
      ['the call comes through the VPC endpoint vpce-1'],
    ]);
    expect((await pretty(['can', 'App', 'kms:Decrypt', 'Key'], files)).out).toContain(
      'when the call comes through the VPC endpoint vpce-1',
    );
    expect((await can(['App', 'kms:Decrypt', 'Key', '--context', 'aws:SourceVpce=vpce-1'], files)).decision).toBe('allowed');
    expect((await can(['App', 'kms:Decrypt', 'Key', '--context', 'aws:SourceVpce=vpce-2'], files)).decision).toBe('implicitly-denied');
    expect((await can(['App', 'kms:Decrypt', 'Key', '--context-complete'], files)).decision).toBe('implicitly-denied');
  });

  it('leaves open what hangs on the account the stack goes to, and decides it by the configuration', async () => {
    const fixed = APP.replace("!Sub 'arn:aws:iam::${AWS::AccountId}:root'", "'arn:aws:iam::111122223333:root'");
    const open = await can(['App', 'kms:Decrypt', 'Key'], { 'app.yaml': fixed });
    expect(open.because).toContainEqual(expect.objectContaining({ words: 'whether 111122223333 is ${AWS::AccountId}' }));
    const there = { 'app.yaml': fixed, 'keyward.yaml': "account: '111122223333'\n" };
    expect((await can(['App', 'kms:Decrypt', 'Key'], there)).decision).toBe('allowed');
    const elsewhere = { 'app.yaml': fixed, 'keyward.yaml': "account: '444455556666'\n" };
    expect((await can(['App', 'kms:Decrypt', 'Key'], elsewhere)).decision).toBe('implicitly-denied');
  });

  it('leaves every control policy and grant open where nothing is assumed', async () => {
    const none = await can(['App', 'kms:Decrypt', 'Key', '--assume', 'none']);
    expect(none.decision).toBe('undecided');
    expect(none.because?.map(({ words }) => words)).toContain('the service control policies, which were not read');
    const grants = await can(['Reader', 'kms:Decrypt', 'Key', '--assume', 'none']);
    expect(grants.because?.map(({ words }) => words).join()).toContain('No grant has been made on the keys');
  });

  it('lists all that a principal can decrypt where no action is asked about', async () => {
    const { out, code } = await pretty(['can', 'App']);
    expect(code).toBe(0);
    expect(out.split('\n').slice(0, 6)).toEqual([
      'role App can decrypt:',
      '  Key (AWS::KMS::Key), by kms:Decrypt',
      '  Bucket (AWS::S3::Bucket), by s3:GetObject',
      '  Flag (AWS::SSM::Parameter), by ssm:GetParameter',
      '  Managed (AWS::SecretsManager::Secret), by secretsmanager:GetSecretValue',
      '  Own (AWS::SecretsManager::Secret), by secretsmanager:GetSecretValue',
    ]);
  });
});

describe('what a template leaves open', () => {
  const more = (text: string) => ({ 'app.yaml': APP.replace(/^Resources:/m, text) });

  it.each([
    ['a policy that another resource attaches under a condition', 'Wide:\n    Condition: Prod', 'undecided'],
    ['the same without the condition', 'Wide:', 'allowed'],
  ])('%s', async (_, head, decision) => {
    const files = more(`
Parameters: { Env: { Type: String } }
Conditions: { Prod: !Equals [!Ref Env, prod] }
Resources:
  ${head}
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: wide
      Roles: [!Ref Reader]
      PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: 'kms:*', Resource: '*' }] }`);
    expect((await can(['Reader', 'kms:Decrypt', 'Key'], files)).decision).toBe(decision);
  });

  it('a group that is in no template', async () => {
    const files = more('Resources:\n  Ann: { Type: AWS::IAM::User, Properties: { UserName: ann, Groups: [operators] } }');
    const { decision, because } = await can(['ann', 'kms:Decrypt', 'Key'], files);
    expect(decision).toBe('undecided');
    expect(because?.map(({ words }) => words)).toEqual(['a group of Ann, which is not in the scan']);
  });

  it('a managed policy of a group, which is in no template', async () => {
    const files = more(`Resources:
  Ann: { Type: AWS::IAM::User, Properties: { Groups: [!Ref Operators] } }
  Operators: { Type: AWS::IAM::Group, Properties: { ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/Other'] } }`);
    expect((await can(['Ann', 'kms:Decrypt', 'Key'], files)).decision).toBe('undecided');
  });
});

describe('data and the key behind them', () => {
  it('calls a grant dead that the key does not honour, and names both halves', async () => {
    const answer = await can(['Reader', 's3:GetObject', 'Bucket']);
    expect(answer.decision).toBe('implicitly-denied');
    expect(answer.parts?.map(({ part, action, decision }) => [part, action, decision])).toEqual([
      ['data', 's3:GetObject', 'allowed'],
      ['key', 'kms:Decrypt', 'implicitly-denied'],
    ]);
    expect(answer.dead).toBe('The grant is dead: s3:GetObject on Bucket/<object> is allowed, and kms:Decrypt on its key Key is not.');
    const { out } = await pretty(['can', 'Reader', 's3:GetObject', 'Bucket', '--explain']);
    expect(out).toContain('permission on the key: kms:Decrypt on Key: implicitly-denied');
    expect(out).toContain('Missing (permission on the key): an Allow in identity policies.');
  });

  it('asks for no IAM permission on the AWS managed key', async () => {
    const answer = await can(['Reader', 'secretsmanager:GetSecretValue', 'app/managed']);
    expect(answer.decision).toBe('allowed');
    expect(answer.steps.map(({ words }) => words).join('\n')).toContain(
      'key policy of the AWS managed key aws/secretsmanager allows kms:Decrypt',
    );
  });

  it('takes the key behind a SecureString from the question', async () => {
    expect((await can(['App', 'ssm:GetParameter', '/app/db', '--encrypted-by', 'Key'])).parts).toHaveLength(2);
    expect((await can(['App', 'ssm:GetParameter', '/app/db'])).assumptions.join()).toContain('If the parameter is a SecureString');
  });
});

describe('addresses', () => {
  it('exits 2 for a name that nothing has, and suggests', async () => {
    const { code, err } = await pretty(['can', 'Ap', 'kms:Decrypt', 'Key']);
    expect(code).toBe(2);
    expect(err).toContain('No input holds a principal called Ap.');
    expect(err).toContain('Do you mean App?');
  });

  it('exits 2 for a name that several have, and lists them', async () => {
    const files = { 'a.yaml': APP, 'b.yaml': APP };
    const { code, err } = await pretty(['can', 'App', 'kms:Decrypt', 'Key'], files);
    expect(code).toBe(2);
    expect(err).toContain('a.yaml#App');
    expect(err).toContain('b.yaml#App');
    const named = await pretty(['can', 'a.yaml#App', 'kms:Decrypt', 'Key'], files);
    expect(named.code).toBe(0);
    expect(named.err).toContain('asked apart');
  });

  it('does not ask across templates that may go to different accounts', async () => {
    const files = { 'a.yaml': APP, 'b.yaml': APP };
    const { code, err } = await pretty(['can', 'a.yaml#App', 'kms:Decrypt', 'b.yaml#Key'], files);
    expect(code).toBe(2);
    expect(err).toContain('nothing says that they share an account');
  });

  it('asks templates of one account together', async () => {
    const key = `
Resources:
  Other:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Version: '2012-10-17'
        Statement: [{ Effect: Allow, Principal: { AWS: 'arn:aws:iam::111122223333:role/batch' }, Action: 'kms:Decrypt', Resource: '*' }]
`;
    const role = `
Resources:
  Batch:
    Type: AWS::IAM::Role
    Properties:
      RoleName: batch
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: 'sts:AssumeRole' }] }
`;
    const config = "account: '111122223333'\nregion: eu-west-1\n";
    expect((await can(['Batch', 'kms:Decrypt', 'Other'], { 'key.yaml': key, 'role.yaml': role, 'keyward.yaml': config })).decision).toBe(
      'allowed',
    );
  });

  it('asks templates together that are linked by an export: they share an account and a Region', async () => {
    const key = `
Resources:
  Shared: { Type: AWS::KMS::Key, Properties: {} }
Outputs:
  KeyArn: { Value: !GetAtt Shared.Arn, Export: { Name: shared-key } }
`;
    const role = `
Resources:
  Batch:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: 'sts:AssumeRole' }] }
      Policies:
        - PolicyName: use
          PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: 'kms:Decrypt', Resource: !ImportValue shared-key }] }
`;
    const files = { 'key.yaml': key, 'role.yaml': role };
    expect((await can(['Batch', 'kms:Decrypt', 'Shared'], files)).decision).toBe('allowed');
    expect((await whoCan(['kms:Decrypt', 'Shared'], files)).who.map(({ who }) => who)).toEqual([
      'role Batch',
      "the account's root user and administrators",
    ]);
  });

  it.each([
    [['can', 'App', 'kms:*', 'Key'], 'kms:* is no action.'],
    [['can', 'App', 'kms:Decrypt'], 'RESOURCE is missing.'],
    [['who-can', 'kms:Decrypt'], 'ACTION and RESOURCE are needed.'],
    [['can', 'App', 'kms:Decrypt', 'Key', '--context', 'x'], '--context takes KEY=VALUE'],
    [['can', 'App', 'kms:Decrypt', 'Key', '--assume', 'some'], '--assume takes none'],
    [['can', 'App', 'kms:Decrypt', 'Key', '--format', 'sarif'], 'There is no format sarif'],
    [['can', 'App', 'kms:Decrypt', 'Key', '--key-policy', 'x.json'], 'A policy is given as ARN=FILE'],
  ])('exits 2 for %j', async (asked, message) => {
    const { code, err } = await pretty(asked);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it('needs --in', async () => {
    const { code, err } = await keyward(folderOf({}), ['can', 'App', 'kms:Decrypt', 'Key']);
    expect(code).toBe(2);
    expect(err).toContain('--in PATH is missing.');
  });

  it('loads no template text into the terminal unescaped', async () => {
    const hostile = APP.replace('PolicyName: Read', 'PolicyName: "Re\\u001b[31mad"');
    const { out } = await pretty(['can', 'App', 'kms:Decrypt', 'Key', '--explain'], { 'app.yaml': hostile });
    expect(out).not.toContain('\u001b');
  });
});

describe('files of questions', () => {
  const lines = [
    { id: 1, principal: 'App', action: 'kms:Decrypt', resource: 'Key', context: {}, contextComplete: true, sessionPolicies: [] },
    'no JSON',
    { id: 'x', principal: 'App', action: 'kms:Decrypt' },
    { id: 4, principal: 'Nobody', action: 'kms:Decrypt', resource: 'Key' },
    {
      id: 5,
      principal: 'App',
      action: 'kms:Decrypt',
      resource: 'Key',
      sessionPolicies: [{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] }],
    },
    { id: 6, principal: 'App', action: 'kms:Decrypt', resource: 'Key', sessionPolicies: [{ Version: '2012-10-17' }] },
    { id: 7, principal: 'App', action: 'kms:Decrypt', resource: 'Key', context: { a: { b: 1 } } },
  ];
  const text = `${lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')}\n\n`;

  it('answers each line, and goes on behind a bad one', async () => {
    const folder = folderOf({ 'app.yaml': APP, 'q.jsonl': text });
    const { code, out } = await keyward(folder, ['can', '--queries', 'q.jsonl', '--format', 'json', '--in', 'app.yaml']);
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(code).toBe(3);
    expect(answers.map(({ id, line, decision, error }) => [id, line ?? decision, error])).toEqual([
      [1, 'allowed', undefined],
      [null, 2, 'the line is no JSON'],
      ['x', 3, '"resource" is missing or no text'],
      [4, 4, 'No input holds a principal called Nobody.'],
      [5, 'implicitly-denied', undefined],
      [6, 'undecided', undefined],
      [7, 7, '"context" must be an object whose values are texts or lists of texts'],
    ]);
    expect(Object.keys(answers[0] ?? {})).toEqual(['id', 'decision', 'conditions', 'assumptions', 'steps']);
  });

  it('answers who-can likewise', async () => {
    const folder = folderOf({
      'app.yaml': APP,
      'q.jsonl': '{"id":"k","action":"kms:Decrypt","resource":"Key"}\n{"action":"kms:Decrypt"}\n',
    });
    const { out } = await keyward(folder, ['who-can', '--queries', 'q.jsonl', '--format', 'json', '--in', 'app.yaml']);
    const [first, second] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: unknown; who?: { who: string }[]; error?: string });
    expect(first?.id).toBe('k');
    expect(first?.who?.map(({ who }) => who)).toEqual(['role App', "the account's root user and administrators"]);
    expect(second?.error).toContain('"resource"');
  });

  it('wants JSON', async () => {
    const { code, err } = await keyward(folderOf({ 'app.yaml': APP, 'q.jsonl': text }), [
      'can',
      '--queries',
      'q.jsonl',
      '--in',
      'app.yaml',
    ]);
    expect(code).toBe(2);
    expect(err).toContain('--format json');
  });
});

describe('inputs that were read in part', () => {
  it('exits 3, says what was not read, and names it as an assumption', async () => {
    const files = { 'app.yaml': APP, 'broken.yaml': 'Resources:\n  A: { Type: AWS::KMS::Key\n' };
    const { code, out, err } = await pretty(['can', 'App', 'kms:Decrypt', 'Key'], files);
    expect(code).toBe(3);
    expect(err).toContain('broken.yaml');
    expect(out).toContain('allowed.');
    expect(out).toContain('What the diagnostics say was not read does not change the answer.');
    expect((await pretty(['who-can', 'kms:Decrypt', 'Key'], files)).code).toBe(3);
  });
});

describe('malformed policies', () => {
  it('say where they are wrong, and leave open what they could change', async () => {
    const broken = APP.replace("Effect: Allow, Action: 'kms:Decrypt'", "Effect: allow, Action: 'kms:Decrypt'");
    const { code, out, err } = await pretty(['can', 'App', 'kms:Decrypt', 'Key'], { 'app.yaml': broken });
    expect(err).toContain('error[policy-effect]: app.yaml:28:41: policy Read of role App: "allow" is no Effect.');
    expect(err).toContain('help: Write "Allow" or "Deny".');
    expect(code).toBe(3);
    expect(out).toContain('policy Read of role App, which is malformed');
    // The same policy can't change what another principal may.
    expect((await can(['Reader', 'kms:Decrypt', 'Key'], { 'app.yaml': broken })).decision).toBe('implicitly-denied');
  });

  it.each([
    ['an unknown operator', "Condition: { StringEqual: { 'aws:PrincipalTag/a': b } }", 'policy-operator'],
    ['an unknown element', 'Conditions: {}', 'policy-unknown-element'],
    ['Action beside NotAction', "NotAction: 's3:*'", 'policy-both-elements'],
  ])('%s', async (_, more, problem) => {
    const broken = APP.replace('Resource: !GetAtt Key.Arn }', `Resource: !GetAtt Key.Arn, ${more} }`);
    const { code, err } = await pretty(['can', 'App', 'kms:Decrypt', 'Key'], { 'app.yaml': broken });
    expect(err).toMatch(new RegExp(`error\\[${problem}\\]: app.yaml:28:\\d+`));
    expect(code).toBe(3);
  });
});
