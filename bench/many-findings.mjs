// A report with as many findings as asked for, of the kinds a large estate gives; the same bytes for the same number.

const SERVICES = [
  'kms',
  's3',
  'rds',
  'dynamodb',
  'sqs',
  'sns',
  'ebs',
  'efs',
  'lambda',
  'elb',
  'cloudfront',
  'secretsmanager',
  'ssm',
  'redshift',
  'logs',
];
const PROBLEMS = [
  ['encryption-at-rest-off', 'Data at rest is not encrypted', 'critical'],
  ['aws-managed-key', 'Encrypted with a key AWS manages', 'medium'],
  ['transit-not-enforced', 'Requests without TLS are accepted', 'high'],
  ['rotation-disabled', 'Key without automatic rotation', 'medium'],
  ['logs-unencrypted', 'Logs are kept without a customer key', 'low'],
  ['policy-open', 'A policy lets anyone use the data', 'critical'],
  ['tag-missing', 'No data classification is written down', 'note'],
];
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'note'];

/** @param {number} count active findings; a tenth as many undecided and a twentieth suppressed come on top */
export function manyFindings(count) {
  const rules = Object.fromEntries(
    SERVICES.flatMap((service) =>
      PROBLEMS.map(([id, title, severity]) => {
        const rule = { id: `${service}-${id}`, title: `${title} (${service})`, severity, service };
        return [
          rule.id,
          { ...rule, why: `${title}. Whoever reads the storage reads the data.`, fix: fix(), controls: [], references: [], tags: [] },
        ];
      }),
    ),
  );
  const ids = Object.keys(rules);
  const findings = numbers(count).map((index) => finding(rules[ids[(index * 7919) % ids.length]], index, 'fail'));
  const undecided = numbers(count / 10).map((index) => finding(rules[ids[(index * 104729) % ids.length]], count + index, 'undecided'));
  const suppressed = numbers(count / 20).map((index) => ({
    ...finding(rules[ids[(index * 1299709) % ids.length]], count * 2 + index, 'fail'),
    suppression: { by: 'comment', reason: `accepted in review ${index % 40}`, until: '2027-01-31' },
    failsRun: false,
  }));
  for (const list of [findings, undecided, suppressed])
    list.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  return {
    schemaVersion: 1,
    tool: { name: 'keyward', version: '0.1.0', homepage: 'https://example.com/keyward' },
    asOf: '2026-11-24',
    inputs: ['infrastructure'],
    sources: ['cloudformation', 'terraform'],
    thresholds: { failOn: 'high', failOnUndecided: 'never', minSeverity: 'note' },
    rules,
    findings,
    undecided,
    suppressed,
    diagnostics: [],
    gaps: [],
    coverage: {
      filesRead: Math.ceil(count / 12),
      bytesRead: count * 900,
      scopes: Math.ceil(count / 12),
      skipped: [],
      resources: { all: count * 3, judged: count * 2, catalogued: count * 2 },
      typesNotJudged: [],
      rulesApplied: ids.length,
      verdicts: { pass: count * 9, fail: count, undecided: undecided.length, notApplicable: count * 4 },
    },
    summary: {
      bySeverity: bySeverity(findings),
      undecidedBySeverity: bySeverity(undecided),
      suppressed: suppressed.length,
      baselined: 0,
      hidden: 0,
      exitCode: 1,
    },
  };
}

function numbers(count) {
  return Array.from({ length: Math.floor(count) }, (_, index) => index);
}

function bySeverity(findings) {
  return Object.fromEntries(SEVERITIES.map((severity) => [severity, findings.filter((one) => one.severity === severity).length]));
}

function fix() {
  return {
    text: 'Name a customer key.',
    cloudformation: 'Properties:\n  KmsKeyId: !GetAtt Key.Arn\n',
    terraform: 'kms_key_id = aws_kms_key.main.arn\n',
    migration: 'snapshot-restore',
  };
}

function finding(rule, index, kind) {
  const file = `stacks/team-${index % 37}/service-${Math.floor(index / 12) % 9000}/template.yaml`;
  const name = `${rule.service}Store${index}`;
  const line = 10 + ((index * 31) % 900);
  const text = `      Name: ${name}`;
  const lines = [
    { number: line - 1, text: '    Properties:', marks: [] },
    { number: line, text, marks: [{ start: 6, end: text.length, primary: true, label: 'written here' }] },
    { number: line + 1, text: `      BucketName: data-${index % 5000}`, marks: [] },
    { number: line + 2, text: '    DeletionPolicy: Retain', marks: [] },
  ];
  const end = { line, column: text.length + 1 };
  return {
    rule: rule.id,
    kind,
    severity: rule.severity,
    message: `${rule.title.replace(/ \(.*/, '')}: ${name} holds what team ${index % 37} writes.`,
    resource: {
      id: `${file}#${name}`,
      type: `AWS::${rule.service.toUpperCase()}::Store`,
      address: name,
      name,
      source: index % 5 === 0 ? 'terraform' : 'cloudformation',
    },
    path: ['Encryption', 0, 'KmsKeyId'],
    location: { file, range: { start: { line, column: 7 }, end }, exact: true, frame: { file, lines } },
    related: [],
    fingerprint: fingerprint(index),
    because:
      kind === 'fail'
        ? []
        : [
            {
              words: `parameter Key${index % 20}, which has no default`,
              settle: `pass --parameters Key${index % 20}=VALUE`,
              kind: 'parameter',
            },
          ],
    steps: kind === 'fail' ? ['The property is read from the template.', `Its value is not a customer key of scope ${index % 50}.`] : [],
    secret: false,
    baselined: false,
    silences: [],
    failsRun: kind === 'fail' && SEVERITIES.indexOf(rule.severity) <= 1,
    also: [],
  };
}

/** 32 digits that spread like a hash's, so that compression is measured honestly. */
function fingerprint(index) {
  let state = (index + 1) * 0x9e3779b1;
  return Array.from({ length: 4 }, () => {
    state = Math.imul(state ^ (state >>> 15), 0x85ebca6b) + 0x27d4eb2f;
    state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
    return ((state ^ (state >>> 16)) >>> 0).toString(16).padStart(8, '0');
  }).join('');
}
