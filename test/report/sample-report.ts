import type { Finding, Frame, Report, ReportRule, Severity } from '../../src/model/index.js';
import { SEVERITIES } from '../../src/model/index.js';

/** A small report with one of everything a page has to show; wording and names as a real run gives them. */
export function sampleReport(): Report {
  const findings = [openKey(), plainSecret(), listener(), rotation('AppKey', 31), rotation('LogKey', 58), bucket()];
  const undecided = [undecidedBucket('UploadBucket', 88), undecidedBucket('ExportBucket', 97), undecidedQueue()];
  const suppressed = [suppressedVolume(), baselinedTopic()];
  return {
    schemaVersion: 1,
    tool: { name: 'keyward', version: '0.1.0', homepage: 'https://example.com/keyward' },
    asOf: '2026-11-24',
    inputs: ['stacks', 'terraform/prod'],
    sources: ['cloudformation', 'terraform'],
    thresholds: { failOn: 'high', failOnUndecided: 'never', minSeverity: 'low' },
    rules: Object.fromEntries(RULES.map((rule) => [rule.id, rule])),
    findings,
    undecided,
    suppressed,
    diagnostics: [
      {
        level: 'error',
        code: 'yaml-syntax',
        message: 'The mapping is not indented like its siblings, so the file could not be read.',
        help: 'Indent line 14 by 4 spaces.',
        file: 'stacks/broken.yaml',
        at: { line: 14, column: 3 },
      },
      {
        level: 'warning',
        code: 'duplicate-key',
        message: 'Key "Tags" is written twice; CloudFormation takes the last.',
        file: 'stacks/app.yaml',
        at: { line: 70, column: 7 },
      },
    ],
    gaps: [
      {
        where: 'stacks/network.yaml, resource Inner.',
        why: 'The nested template at s3://templates/inner.yaml is outside the scan.',
        leavesOpen: 'resources of the nested stack Inner are not judged',
        settle: 'name a local copy of the template in the configuration',
        origin: { kind: 'file', file: 'stacks/network.yaml', range: { start: { line: 9, column: 20 }, end: { line: 9, column: 52 } } },
      },
    ],
    coverage: {
      filesRead: 14,
      bytesRead: 182_400,
      scopes: 9,
      skipped: [
        { file: 'charts/values.yaml', reason: 'no template' },
        { file: 'charts/templates/app.yaml', reason: 'no template' },
        { file: 'stacks/huge.json', reason: 'larger than 20 MB' },
      ],
      resources: { all: 212, judged: 141, catalogued: 160 },
      typesNotJudged: [
        { type: 'AWS::IAM::Role', count: 44 },
        { type: 'AWS::EC2::Subnet', count: 27 },
      ],
      rulesApplied: 63,
      verdicts: { pass: 410, fail: 8, undecided: 3, notApplicable: 96 },
    },
    summary: {
      bySeverity: bySeverity(findings),
      undecidedBySeverity: bySeverity(undecided),
      suppressed: 1,
      baselined: 1,
      hidden: 4,
      exitCode: 1,
    },
  };
}

/** The sample with nothing found and nothing left open. */
export function emptyReport(): Report {
  const report = sampleReport();
  const none = bySeverity([]);
  return {
    ...report,
    findings: [],
    undecided: [],
    suppressed: [],
    diagnostics: [],
    gaps: [],
    rules: {},
    coverage: { ...report.coverage, skipped: [], typesNotJudged: [] },
    summary: { ...report.summary, bySeverity: none, undecidedBySeverity: none, suppressed: 0, baselined: 0, hidden: 0, exitCode: 0 },
  };
}

export function bySeverity(findings: readonly Finding[]): Record<Severity, number> {
  const number = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  return Object.fromEntries(SEVERITIES.map((severity) => [severity, number(severity)])) as Record<Severity, number>; // one entry each
}

const RULES: readonly ReportRule[] = [
  {
    id: 'kms-policy-wildcard-principal',
    title: 'Key policy lets any principal use or manage the key',
    severity: 'critical',
    service: 'kms',
    why: 'A key policy is the outermost door to everything the key protects. With Principal "*" and no condition that bounds it, any AWS account in the world can call the actions of the statement: whoever gets hold of a ciphertext can read it.',
    fix: {
      text: 'Name the accounts or roles that use the key, and let IAM policies of this account do the rest.',
      cloudformation:
        'KeyPolicy:\n  Statement:\n    - Effect: Allow\n      Principal:\n        AWS: !Sub arn:${AWS::Partition}:iam::${AWS::AccountId}:root\n      Action: kms:*\n      Resource: "*"',
      terraform:
        'principals {\n  type        = "AWS"\n  identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]\n}',
      migration: 'in-place',
    },
    controls: ['FSBP KMS.5'],
    references: [
      { title: 'Key policies in AWS KMS', url: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html' },
      { title: 'Not a link that may be followed', url: 'javascript:alert(1)' },
    ],
    tags: ['access'],
  },
  rule('kms-rotation-disabled', 'Customer key without automatic rotation', 'medium', 'kms', 'none'),
  rule('lambda-secret-in-environment', 'A secret stands in a function’s environment in plain text', 'critical', 'lambda', 'manual'),
  rule('elb-listener-plain-http', 'Listener takes requests without TLS', 'high', 'elb', 'in-place'),
  rule('s3-bucket-aws-managed-key', 'Bucket is encrypted with a key AWS manages', 'low', 's3', 'in-place'),
  rule('s3-bucket-customer-key', 'Bucket’s default encryption names no customer key', 'high', 's3', 'in-place'),
  rule('sqs-queue-encryption', 'Queue may be kept without encryption', 'medium', 'sqs', 'in-place'),
  rule('ebs-volume-unencrypted', 'Volume is not encrypted', 'high', 'ebs', 'snapshot-restore'),
  rule('sns-topic-unencrypted', 'Topic is not encrypted with a key', 'medium', 'sns', 'in-place'),
];

function rule(id: string, title: string, severity: Severity, service: string, migration: ReportRule['fix']['migration']): ReportRule {
  return {
    id,
    title,
    severity,
    service,
    why: `${title}: whoever reads the storage or the line reads the data.`,
    fix: { text: 'Set the property named above.', cloudformation: 'Properties:\n  EnableKeyRotation: true', migration },
    controls: [],
    references: [],
    tags: [],
  };
}

interface Draft {
  readonly rule: string;
  readonly message: string;
  readonly name: string;
  readonly type: string;
  readonly file: string;
  readonly line: number;
  /** Source around the line; the line itself is the one that holds `mark`. */
  readonly source: readonly string[];
  readonly mark: string;
  readonly path: readonly (string | number)[];
}

function finding(draft: Draft): Finding {
  const known = RULES.find(({ id }) => id === draft.rule);
  const severity = known?.severity ?? 'note';
  const at = draft.source.findIndex((text) => text.includes(draft.mark));
  const column = (draft.source[at] ?? '').indexOf(draft.mark) + 1;
  const frame: Frame = {
    file: draft.file,
    lines: draft.source.map((text, index) => ({
      number: draft.line - at + index,
      text,
      marks: index === at ? [{ start: column - 1, end: column - 1 + draft.mark.length, primary: true }] : [],
    })),
  };
  const range = { start: { line: draft.line, column }, end: { line: draft.line, column: column + draft.mark.length } };
  return {
    rule: draft.rule,
    kind: 'fail',
    severity,
    message: draft.message,
    resource: { id: `${draft.file}#${draft.name}`, type: draft.type, address: draft.name, name: draft.name, source: 'cloudformation' },
    path: draft.path,
    location: { file: draft.file, range, exact: true, frame },
    related: [],
    fingerprint: fingerprint(draft),
    because: [],
    steps: [],
    secret: false,
    baselined: false,
    silences: [],
    failsRun: severity === 'critical' || severity === 'high',
    also: [],
  };
}

function fingerprint({ rule: id, file, name }: Draft): string {
  let state = 7;
  for (const character of `${id} ${file} ${name}`) state = (Math.imul(state, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return Array.from({ length: 4 }, (_, index) => (Math.imul(state, 2 * index + 1) >>> 0).toString(16).padStart(8, '0')).join('');
}

function openKey(): Finding {
  const base = finding({
    rule: 'kms-policy-wildcard-principal',
    message: 'The policy of key DataKey lets any principal of any account decrypt with it.',
    name: 'DataKey',
    type: 'AWS::KMS::Key',
    file: 'stacks/data/keys.yaml',
    line: 21,
    source: [
      '        Statement:',
      '          - Effect: Allow',
      '            Principal: "*"',
      '            Action: kms:Decrypt',
      '            Resource: "*"',
    ],
    mark: '"*"',
    path: ['KeyPolicy', 'Statement', 0, 'Principal'],
  });
  const grant: Frame = {
    file: 'stacks/data/keys.yaml',
    lines: [
      { number: 44, text: '  Database:', marks: [{ start: 2, end: 10, primary: false, label: 'encrypted with this key' }] },
      { number: 47, text: '      KmsKeyId: !GetAtt DataKey.Arn', marks: [{ start: 16, end: 35, primary: true }] },
    ],
  };
  const range = { start: { line: 47, column: 17 }, end: { line: 47, column: 36 } };
  return {
    ...base,
    condition: 'when condition IsShared is true',
    steps: [
      'Statement 1 allows kms:Decrypt.',
      'Its principal "*" stands for every principal of every account.',
      'It has no condition that bounds it.',
    ],
    related: [{ file: 'stacks/data/keys.yaml', range, exact: true, label: 'what the key protects', frame: grant }],
    also: [{ file: 'stacks/data/replica.yaml', range: { start: { line: 18, column: 24 }, end: { line: 18, column: 27 } }, exact: true }],
    silences: ['kms-policy-external-account'],
  };
}

function plainSecret(): Finding {
  const base = finding({
    rule: 'lambda-secret-in-environment',
    message: 'Function Worker has a database password in variable DB_PASSWORD.',
    name: 'Worker',
    type: 'AWS::Lambda::Function',
    file: 'stacks/app.yaml',
    line: 66,
    source: ['DB_PASSWORD'],
    mark: 'DB_PASSWORD',
    path: ['Environment', 'Variables', 'DB_PASSWORD'],
  });
  const { frame: _frame, ...location } = base.location;
  return { ...base, secret: true, location };
}

function listener(): Finding {
  return finding({
    rule: 'elb-listener-plain-http',
    message: 'Listener Public takes requests over HTTP and does not redirect them.',
    name: 'Public',
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    file: 'stacks/app.yaml',
    line: 112,
    source: ['      Port: 80', '      Protocol: HTTP', '      DefaultActions:'],
    mark: 'HTTP',
    path: ['Protocol'],
  });
}

function rotation(name: string, line: number): Finding {
  const base = finding({
    rule: 'kms-rotation-disabled',
    message: `Key ${name} is never rotated automatically.`,
    name,
    type: 'AWS::KMS::Key',
    file: 'stacks/app.yaml',
    line,
    source: [`  ${name}:`, '    Type: AWS::KMS::Key', '    Properties:'],
    mark: 'AWS::KMS::Key',
    path: [],
  });
  return { ...base, location: { ...base.location, exact: false } };
}

function bucket(): Finding {
  const base = finding({
    rule: 's3-bucket-aws-managed-key',
    message: 'Bucket reports is encrypted with aws/s3, whose policy nobody but AWS can change.',
    name: 'reports',
    type: 'AWS::S3::Bucket',
    file: 'terraform/prod/modules/storage/reports/very/deep/folder/for/a/long/path/buckets.tf',
    line: 12,
    source: ['  rule {', '    kms_master_key_id = "aws/s3"', '  }'],
    mark: '"aws/s3"',
    path: ['BucketEncryption', 'ServerSideEncryptionConfiguration', 0],
  });
  return { ...base, resource: { ...base.resource, address: 'module.storage.aws_s3_bucket.reports[0]', source: 'terraform' } };
}

function undecidedBucket(name: string, line: number): Finding {
  return {
    ...finding({
      rule: 's3-bucket-customer-key',
      message: `Whether bucket ${name} is encrypted with a customer key is not known.`,
      name,
      type: 'AWS::S3::Bucket',
      file: 'stacks/app.yaml',
      line,
      source: ['          - ServerSideEncryptionByDefault:', '              KMSMasterKeyID: !Ref KeyArn'],
      mark: '!Ref KeyArn',
      path: ['BucketEncryption'],
    }),
    kind: 'undecided',
    failsRun: false,
    because: [{ words: 'parameter KeyArn, which has no default', settle: 'pass --parameters KeyArn=VALUE', kind: 'parameter' }],
  };
}

function undecidedQueue(): Finding {
  return {
    ...undecidedBucket('Jobs', 130),
    rule: 'sqs-queue-encryption',
    severity: 'medium',
    message: 'Whether queue Jobs is encrypted depends on an export no template of the scan makes.',
    resource: { id: 'stacks/app.yaml#Jobs', type: 'AWS::SQS::Queue', address: 'Jobs', name: 'Jobs', source: 'cloudformation' },
    fingerprint: 'aa11bb22cc33dd44ee55ff6600112233',
    because: [{ words: 'the export shared-key, which no template of the scan makes', kind: 'import' }],
  };
}

function suppressedVolume(): Finding {
  return {
    ...finding({
      rule: 'ebs-volume-unencrypted',
      message: 'Volume Scratch is not encrypted.',
      name: 'Scratch',
      type: 'AWS::EC2::Volume',
      file: 'stacks/build.yaml',
      line: 40,
      source: ['    Properties:', '      Encrypted: false', '      Size: 20'],
      mark: 'false',
      path: ['Encrypted'],
    }),
    failsRun: false,
    suppression: { by: 'comment', reason: 'holds build caches only', until: '2027-03-01', file: 'stacks/build.yaml', line: 39 },
  };
}

function baselinedTopic(): Finding {
  return {
    ...finding({
      rule: 'sns-topic-unencrypted',
      message: 'Topic Alarms is not encrypted with a key.',
      name: 'Alarms',
      type: 'AWS::SNS::Topic',
      file: 'stacks/build.yaml',
      line: 52,
      source: ['  Alarms:', '    Type: AWS::SNS::Topic'],
      mark: 'AWS::SNS::Topic',
      path: [],
    }),
    failsRun: false,
    baselined: true,
  };
}
