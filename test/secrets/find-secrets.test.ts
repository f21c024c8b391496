import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../src/secrets/index.js';
import { generated } from './generated.js';

const upper = (length: number) => generated(length, 'upper');
const hex = (length: number) => generated(length, 'hex');
const wordy = generated(400);

/** A token by itself and what it is. */
const FORMATS: readonly (readonly [kind: string, token: string])[] = [
  ['aws-access-key-id', `AKIA${upper(16)}`],
  ['aws-access-key-id', `ASIA${upper(16)}`],
  ['aws-session-token', `IQoJb3JpZ2lu${generated(200)}`],
  ['aws-session-token', `FwoGZXIvYXdz${generated(200)}`],
  ['aws-bedrock-key', `ABSK${generated(128)}=`],
  ['aws-mws-token', 'amzn.mws.4ea38b7b-f563-7709-4bae-87aea1b2c3d4'],
  ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'].map((prefix) => ['github-token', `${prefix}${generated(36)}`] as const),
  ['github-token', `github_pat_${generated(22)}_${generated(59)}`],
  ['gitlab-token', `glpat-${generated(20)}`],
  ['gitlab-token', `gldt-${generated(20)}`],
  ['gitlab-token', `GR1348941${generated(20)}`],
  ['slack-token', `xoxb-123456789012-1234567890123-${generated(24)}`],
  ['slack-token', `xoxe.xoxp-1-${generated(80)}`],
  ['slack-token', `xapp-1-A01234567-1234567890123-${hex(64)}`],
  ['stripe-key', `sk_live_${generated(24)}`],
  ['stripe-key', `rk_live_${generated(99)}`],
  ['stripe-webhook-secret', `whsec_${generated(32)}`],
  ['google-api-key', `AIza${generated(35)}`],
  ['google-oauth-secret', `GOCSPX-${generated(28)}`],
  ['npm-token', `npm_${generated(36)}`],
  ['pypi-token', `pypi-AgEIcHlwaS5vcmc${generated(120)}`],
  ['rubygems-key', `rubygems_${hex(48)}`],
  ['jwt', `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${generated(43)}`],
  ['twilio-key', `SK${hex(32)}`],
  ['sendgrid-key', `SG.${generated(22)}.${generated(43)}`],
  ['mailgun-key', `key-${hex(32)}`],
  ['azure-client-secret', `abc8Q~${generated(34)}`],
  ['anthropic-key', `sk-ant-api03-${generated(93)}AA`],
  ['openai-key', `sk-proj-${generated(120)}`],
  ['openai-key', `sk-svcacct-${generated(60)}`],
  ['openai-key', `sk-${generated(48)}`],
  ['huggingface-token', `hf_${generated(34)}`],
  ['groq-key', `gsk_${generated(52)}`],
  ['vault-token', `hvs.${generated(90)}`],
  ['vault-token', `hvb.${generated(150)}`],
  ['terraform-cloud-token', `${generated(14)}.atlasv1.${generated(67)}`],
  ['newrelic-key', `NRAK-${upper(27)}`],
  ['digitalocean-token', `dop_v1_${hex(64)}`],
  ['docker-token', `dckr_pat_${generated(27)}`],
  ['doppler-token', `dp.pt.${generated(43)}`],
  ['databricks-token', `dapi${hex(32)}`],
  ['shopify-token', `shpat_${hex(32)}`],
  ['square-secret', `sq0csp-${generated(43)}`],
  ['atlassian-token', `ATATT3${generated(186)}`],
  ['linear-key', `lin_api_${generated(40)}`],
  ['notion-token', `ntn_${generated(46)}`],
  ['grafana-token', `glsa_${generated(32)}_${hex(8)}`],
  ['sentry-token', `sntrys_${generated(120)}`],
  ['pulumi-token', `pul-${hex(40)}`],
  ['planetscale-password', `pscale_pw_${generated(43)}`],
  ['postman-key', `PMAK-${hex(24)}-${hex(34)}`],
  ['jfrog-key', `AKCp${generated(69)}`],
  ['sonar-token', `squ_${hex(40)}`],
  ['supabase-token', `sbp_${hex(40)}`],
  ['buildkite-token', `bkua_${hex(40)}`],
  ['circleci-token', `CCIPAT_${generated(22)}_${hex(40)}`],
  ['age-key', `AGE-SECRET-KEY-1${'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'.repeat(2).slice(0, 58)}`],
];

describe('a token of a known format', () => {
  it.each(FORMATS)('%s is found whole inside text, in quotes, and in JSON', (kind, token) => {
    for (const text of [token, `run this with ${token} now`, `x: "${token}"\n`, JSON.stringify({ x: `a\n${token}\n` })]) {
      expect(findSecrets(text).map((hit) => [hit.kind, text.slice(hit.start, hit.end)])).toEqual([[kind, token]]);
    }
  });

  it.each(FORMATS)('%s is not found inside a longer word', (_kind, token) => {
    const formats = findSecrets(`Zq7${token}`).filter((hit) => hit.confidence === 'format' && hit.start <= 3);
    // A format with a fixed anchor behind its beginning, or with a word boundary of its own inside, begins later by right.
    expect(formats.filter((hit) => hit.start === 3)).toEqual([]);
  });
});

const PEM_BODY = (wordy.match(/.{1,64}/g) ?? []).join('\n');
const block = (label: string, body = PEM_BODY) => `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----`;

/** Text, then every stretch that is found, as `kind: stretch`. */
const TEXTS: readonly (readonly [why: string, text: string, found: readonly string[]])[] = [
  ['an RSA key', block('RSA PRIVATE KEY'), [`private-key: ${block('RSA PRIVATE KEY')}`]],
  ['an EC key', block('EC PRIVATE KEY'), [`private-key: ${block('EC PRIVATE KEY')}`]],
  ['an OpenSSH key', block('OPENSSH PRIVATE KEY'), [`private-key: ${block('OPENSSH PRIVATE KEY')}`]],
  ['a PKCS#8 key', block('PRIVATE KEY'), [`private-key: ${block('PRIVATE KEY')}`]],
  ['a PGP key', block('PGP PRIVATE KEY BLOCK'), [`private-key: ${block('PGP PRIVATE KEY BLOCK')}`]],
  [
    'a key on one line with escaped breaks',
    JSON.stringify(block('PRIVATE KEY')),
    [`private-key: ${JSON.stringify(block('PRIVATE KEY')).slice(1, -1)}`],
  ],
  ['a key cut short', `-----BEGIN PRIVATE KEY-----\n${PEM_BODY}`, [`private-key: -----BEGIN PRIVATE KEY-----\n${PEM_BODY}`]],
  [
    'two keys',
    `${block('PRIVATE KEY')}\n${block('EC PRIVATE KEY')}`,
    [`private-key: ${block('PRIVATE KEY')}`, `private-key: ${block('EC PRIVATE KEY')}`],
  ],
  [
    'a key in base64',
    `content: ${Buffer.from(block('PRIVATE KEY')).toString('base64')}\n`,
    [`private-key: ${Buffer.from(block('PRIVATE KEY')).toString('base64')}`],
  ],
  [
    'a Google service account',
    `{"type": "service_account", "private_key": "${block('PRIVATE KEY').replaceAll('\n', '\\n')}"}`,
    [`gcp-service-account-key: ${block('PRIVATE KEY').replaceAll('\n', '\\n')}`],
  ],
  ['a certificate', block('CERTIFICATE'), []],
  ['a public key', block('PUBLIC KEY'), []],
  ['a header that documentation shows', '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----', []],
  ["AWS's documentation keys", 'AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', []],
  ['an id filled with one letter', `AKIA${'X'.repeat(16)}`, []],
  [
    'a key pair without names',
    `aws configure: AKIA${upper(16)} / ${generated(40)}`,
    [`aws-access-key-id: AKIA${upper(16)}`, `aws-secret-access-key: ${generated(40)}`],
  ],
  [
    'a credentials file',
    `[default]\naws_access_key_id = AKIA${upper(16)}\naws_secret_access_key = ${generated(40)}\n`,
    [`aws-access-key-id: AKIA${upper(16)}`, `aws-secret-access-key: ${generated(40)}`],
  ],
  ['a commit beside an id', `AKIA${upper(16)} ${hex(40)}`, [`aws-access-key-id: AKIA${upper(16)}`]],
  ['an Azure connection string', `AccountName=a;AccountKey=${generated(86)}==;EndpointSuffix=x`, [`azure-storage-key: ${generated(86)}==`]],
  ['an Azure service bus', `SharedAccessKeyName=a;SharedAccessKey=${generated(43)}=`, [`azure-shared-key: ${generated(43)}=`]],
  [
    'a Slack webhook',
    `https://hooks.slack.com/services/T0ABCDEFG/B0ABCDEFG/${generated(24)}`,
    [`slack-webhook: T0ABCDEFG/B0ABCDEFG/${generated(24)}`],
  ],
  [
    'a Discord webhook',
    `https://discord.com/api/webhooks/123456789012345678/${generated(68)}`,
    [`discord-webhook: 123456789012345678/${generated(68)}`],
  ],
  [
    'a Teams webhook',
    `https://acme.webhook.office.com/webhookb2/${hex(36)}@${hex(36)}/IncomingWebhook/${hex(32)}/${hex(36)}`,
    [`teams-webhook: ${hex(36)}@${hex(36)}/IncomingWebhook/${hex(32)}/${hex(36)}`],
  ],
  ['a database URL', 'postgresql://app:s3cr3t!@db:5432/app', ['database-url: s3cr3t!']],
  ['a JDBC URL', 'jdbc:postgresql://db/app?user=a&password=s3cr3t!', ['password: s3cr3t!']],
  ['a MongoDB URL', 'mongodb+srv://app:s3cr3t@c0.mongodb.net', ['database-url: s3cr3t']],
  ['a URL with basic authentication', 'git clone https://bot:s3cr3t@example.com/r.git', ['basic-auth-url: s3cr3t']],
  ['a URL with a port and an @ in its path', 'https://example.com:8443/@scope/name', []],
  ['a URL whose password is put in', 'https://bot:${TOKEN}@example.com', []],
  ['two hosts', 'http://a:80 http://b@c', []],
  ['a shell export', '#!/bin/bash\nexport DB_PASSWORD=hunter2\n', ['password: hunter2']],
  ['an export in quotes', 'export DB_PASSWORD="hunter 2"', ['password: hunter 2']],
  ['an export of a word', 'export DB_PASSWORD=password', ['password: password']],
  ['an export of a variable', 'export DB_PASSWORD=$PASSWORD', []],
  ['an export of a command', 'export DB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id app)', []],
  ['an export of a command in quotes', 'TOKEN="$(curl -s http://169.254.169.254/latest/api/token)"', []],
  ['an export of a substitution', 'export DB_PASSWORD=${DbPassword}', []],
  ['a command before which a variable is set', 'PGPASSWORD=hunter2 psql -h db', ['password: hunter2']],
  ['a flag with =', 'run --password=hunter2 --user app', ['password: hunter2']],
  ['a flag with a blank', 'run --password hunter2 --user app', ['password: hunter2']],
  ['a flag with another flag behind', 'run --password --user app', []],
  ['a flag of a secret id', 'aws secretsmanager get-secret-value --secret-id prod/app', []],
  ['PowerShell', '$AdminPassword = "Hunter2!"', ['password: Hunter2!']],
  ['PowerShell secure string', 'ConvertTo-SecureString "Hunter2!" -AsPlainText -Force', ['password: Hunter2!']],
  ['mysql -p', 'mysql -u root -phunter2 app', ['password: hunter2']],
  ['mysql -p, asked', 'mysql -u root -p app', []],
  ['curl -u', 'curl -u bot:hunter2 https://example.com', ['password: hunter2']],
  ['curl -u with a variable', 'curl -u bot:$PASS https://example.com', []],
  ['sshpass', "sshpass -p 'hunter2' ssh host", ['password: hunter2']],
  ['chpasswd', 'echo "ubuntu:hunter2" | chpasswd', ['password: hunter2']],
  ['SQL', "CREATE USER a IDENTIFIED BY 'hunter2';", ['password: hunter2']],
  ['PostgreSQL', "ALTER USER a WITH PASSWORD 'hunter2';", ['password: hunter2']],
  [
    'basic authorization',
    `Authorization: Basic ${Buffer.from('bot:hunter2').toString('base64')}`,
    [`authorization-header: ${Buffer.from('bot:hunter2').toString('base64')}`],
  ],
  ['bearer authorization', `curl -H "Authorization: Bearer ${generated(32)}"`, [`bearer-token: ${generated(32)}`]],
  ['bearer authorization with a variable', 'curl -H "Authorization: Bearer $TOKEN"', []],
  ['.npmrc', `//registry.npmjs.org/:_authToken=${hex(36)}`, [`token: ${hex(36)}`]],
  ['JSON', '{"username": "app", "password": "hunter2"}', ['password: hunter2']],
  ['JSON in a JSON string', '{"a": "{\\"password\\": \\"hunter2\\"}"}', ['password: hunter2']],
  ['XML', '<user>app</user><password>hunter2</password>', ['password: hunter2']],
  ['an ini file', '[db]\npassword = hunter2\n', ['password: hunter2']],
  ['YAML', 'db:\n  password: hunter2 # for now\n  port: 5432\n', ['password: hunter2']],
  ['YAML with blanks', 'db:\n  password: hunter 2 more\n', ['password: hunter 2 more']],
  ['a YAML list item', '- password: hunter2\n', ['password: hunter2']],
  ['YAML in flow style', 'db: {password: hunter2, port: 5432}', ['password: hunter2']],
  ['a YAML block', 'tls:\n  api_key: |\n    abcdef\n    ghijkl\n  next: 1\n', ['api-key: abcdef\n    ghijkl']],
  ['a YAML tag', 'MasterUserPassword: !Ref DbPassword\n', []],
  ['a YAML Sub of a literal', "MasterUserPassword: !Sub 'hunter2'\n", ['password: hunter2']],
  ['a map below', 'MasterUserPassword:\n  Ref: DbPassword\n', []],
  ['a JSON reference', '{"MasterUserPassword": {"Ref": "DbPassword"}}', []],
  ['a dynamic reference', "MasterUserPassword: '{{resolve:secretsmanager:app:SecretString:password}}'\n", []],
  [
    'an ARN',
    'SecretArn: arn:aws:secretsmanager:eu-west-1:111122223333:secret:a\nToken: arn:aws:lambda:eu-west-1:111122223333:function:f\n',
    [],
  ],
  ['a policy', '{"Action": "secretsmanager:GetSecretValue", "Resource": "arn:aws:secretsmanager:*:*:secret:prod/*"}', []],
  [
    'a parameter default',
    'Parameters:\n  DbPassword:\n    Type: String\n    Default: hunter2\n  Other:\n    Default: plain-value\n',
    ['password: hunter2'],
  ],
  [
    'a parameter default in JSON',
    '{"DbPassword": {"Type": "String", "NoEcho": true, "Default": "hunter2"}, "Port": {"Default": "5432"}}',
    ['password: hunter2'],
  ],
  [
    'a parameter without a default',
    'Parameters:\n  DbPassword:\n    Type: String\n  Other:\n    Type: String\n    Default: plain-value\n',
    [],
  ],
  ['an empty default', "Parameters:\n  DbPassword:\n    Type: String\n    Default: ''\n", []],
  [
    'a container environment',
    'Environment:\n  - Name: DB_PASSWORD\n    Value: hunter2\n  - Name: DB_HOST\n    Value: db-host-1\n',
    ['password: hunter2'],
  ],
  [
    'value before name',
    'Environment:\n  - Value: hunter2\n    Name: DB_PASSWORD\n  - Value: db-host-1\n    Name: DB_HOST\n',
    ['password: hunter2'],
  ],
  [
    'a container environment in JSON',
    '[{"Name":"DB_HOST","Value":"db-host-1"},{"Name":"DB_PASSWORD","Value":"hunter2"}]',
    ['password: hunter2'],
  ],
  [
    'a build variable kept elsewhere',
    '- { Name: NPM_TOKEN, Type: SECRETS_MANAGER, Value: buildnpmtoken }\n- { Name: DB_PASSWORD, Type: PLAINTEXT, Value: hunter2 }\n',
    ['password: hunter2'],
  ],
  ['a schema', '{"Password": "s", "Token": "string"}', []],
  [
    'a list of passwords',
    "AuthenticationMode:\n  Type: password\n  Passwords:\n    - hunter2a\n    - 'hunter2b'\n  Other:\n    - hunter2c\n",
    ['password: hunter2a', 'password: hunter2b'],
  ],
  [
    'a list of passwords at its key',
    'Passwords:\r\n- hunter2a\r\n- hunter2b\r\nOther: 1\r\n',
    ['password: hunter2a', 'password: hunter2b'],
  ],
  [
    'a list of passwords in JSON',
    '{"Passwords": ["hunter2a", "hunter2b"], "Other": ["hunter2c"]}',
    ['password: hunter2a', 'password: hunter2b'],
  ],
  ['a list of maps', 'Passwords:\n  - Ref: DbPassword\n  - !Ref DbPassword\n', []],
  ['a list of secret names', 'secrets:\n  - db_password\n  - api_key\n', []],
  [
    'branches',
    "DB_PASSWORD: !If [IsProd, !Ref 'AWS::NoValue', hunter2a]\nAPI_KEY: !If [IsProd, 'hunter2b', !Ref Key]\n",
    ['password: hunter2a', 'api-key: hunter2b'],
  ],
  ['an option', "- { Namespace: 'aws:x', OptionName: API_TOKEN, Value: hunter2 }\n", ['token: hunter2']],
  ['a header', 'OriginCustomHeaders:\n  - HeaderName: X-Api-Key\n    HeaderValue: hunter2\n', ['api-key: hunter2']],
  ['a container secret', 'Secrets:\n  - Name: DB_PASSWORD\n    ValueFrom: arn:aws:ssm:eu-west-1:111122223333:parameter/db\n', []],
  ['a parameter store entry', 'Properties:\n  Name: /app/db/password\n  Type: String\n  Value: hunter2\n', ['password: hunter2']],
  ['a CloudFormation parameters file', '[{"ParameterKey":"DbPassword","ParameterValue":"hunter2"}]', ['password: hunter2']],
  ['Terraform', 'resource "aws_db_instance" "a" {\n  password = "hunter2"\n  username = "app"\n}\n', ['password: hunter2']],
  ['Terraform references', 'password = var.db_password\ntoken = random_password.this.result\nsecret_key = local.key\n', []],
  ['a Terraform variable', 'variable "db_password" {\n  default = "hunter2"\n}\n', ['password: hunter2']],
  ['Python code', "password = os.environ['DB_PASSWORD']\ntoken = get_token()\nsecret = client.get_secret_value(SecretId=arn)\n", []],
  ['a Python literal', "password = 'hunter2'\n", ['password: hunter2']],
  ['Python keyword arguments', 'connect(host=host, password=password, token=token)', []],
  ['a Python signature', 'def connect(password: str, token: Optional[str] = None):\n', []],
  ['JavaScript code', 'const password = process.env.DB_PASSWORD;\nconst token = event.headers.token;\nif (token === other) {}\n', []],
  ['JavaScript objects', 'new Pool({ user, password: config.password, token: await getToken() })', []],
  ['a comparison', 'if [ "$PASSWORD" == \'hunter2\' ]; then', []],
  ['prose', 'The password: it must have 12 characters, and the token is in the mail.', []],
  ['switches', 'EnablePassword: true\nPasswordLength: 32\nRequireSymbols: true\nHttpTokens: required\n', []],
  [
    'generated secrets',
    'GenerateSecretString:\n  SecretStringTemplate: \'{"username": "app"}\'\n  GenerateStringKey: password\n  PasswordLength: 30\n',
    [],
  ],
  ['a key schema', 'KeySchema:\n  - AttributeName: token\n    KeyType: HASH\n', []],
  ['a KMS key id', 'KmsMasterKeyId: 1234abcd-12ab-34cd-56ef-1234567890ab\nSigningKey: 1234abcd-12ab-34cd-56ef-1234567890ab\n', []],
  ['a digest', `Image: repo@sha256:${hex(64)}\nCommit: ${hex(40)}\n`, []],
  ['a generated signing key', `signing_key: ${generated(44)}\n`, [`random-value: ${generated(44)}`]],
  ['nothing', '', []],
];

describe('secrets in a text', () => {
  it.each(TEXTS)('%s', (_why, text, found) => {
    expect(findSecrets(text).map((hit) => `${hit.kind}: ${text.slice(hit.start, hit.end)}`)).toEqual(found);
  });

  it('keeps Windows line breaks out of a value', () => {
    const text = 'password: hunter2\r\nport: 1\r\n';
    expect(findSecrets(text).map((hit) => text.slice(hit.start, hit.end))).toEqual(['hunter2']);
  });

  it('tells a name and its format once, as the format', () => {
    const token = `ghp_${generated(36)}`;
    expect(findSecrets(`GITHUB_TOKEN=${token}`)).toEqual([
      { start: 13, end: 13 + token.length, kind: 'github-token', words: 'a GitHub token', confidence: 'format' },
    ]);
  });
});
