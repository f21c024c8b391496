// Writes a corpus of templates synthesised by the AWS CDK: seeded, so that two machines measure the same files.
//   node bench/corpus.mjs FOLDER [COUNT] [SEED]
// Every third file is turned into YAML with short-form intrinsics, the way people write templates by hand.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Document, Scalar, visit } from 'yaml';

const CDK = 'aws-cdk-lib@2.276.0';
const CONSTRUCTS = 'constructs@10.8.1';

/** mulberry32: small, fast, and the same everywhere. */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The CDK, installed once into a temporary folder that later runs find again. */
async function loadCdk() {
  const folder = join(tmpdir(), 'keyward-bench-cdk');
  if (!existsSync(join(folder, 'node_modules', 'aws-cdk-lib'))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', CDK, CONSTRUCTS], { cwd: folder, stdio: 'inherit' });
  }
  const from = (name) => import(pathToFileURL(join(folder, 'node_modules', ...name.split('/'), 'index.js')).href);
  const cdk = (await from('aws-cdk-lib')).default;
  const service = async (name) => (await from(`aws-cdk-lib/${name}`)).default;
  return { cdk, service };
}

/** Each recipe adds one thing a team would have; `r` is the stack's random stream. */
function recipes(cdk, lib) {
  const { kms, s3, sqs, sns, dynamodb, lambda, logs, iam, ssm, secretsmanager, ec2, rds, efs, elasticache, cloudtrail, ecr, kinesis } = lib;
  const {
    elb,
    cloudfront,
    apigateway,
    events,
    stepfunctions,
    redshift,
    opensearch,
    codebuild,
    eks,
    backup,
    msk,
    docdb,
    neptune,
    dax,
    athena,
    glue,
  } = lib;
  const yes = (r, share) => r() < share;
  const key = (stack, id, r) => new kms.Key(stack, id, { enableKeyRotation: yes(r, 0.6) });
  return {
    key: (stack, id, r) => key(stack, id, r).addAlias(`app/${id.toLowerCase()}`),
    bucket: (stack, id, r) =>
      new s3.Bucket(stack, id, { enforceSSL: yes(r, 0.5), ...(yes(r, 0.4) ? { encryptionKey: key(stack, `${id}Key`, r) } : {}) }),
    queue: (stack, id, r) =>
      new sqs.Queue(stack, id, { encryption: yes(r, 0.5) ? sqs.QueueEncryption.KMS_MANAGED : sqs.QueueEncryption.SQS_MANAGED }),
    topic: (stack, id, r) => new sns.Topic(stack, id, yes(r, 0.4) ? { masterKey: key(stack, `${id}Key`, r) } : {}),
    table: (stack, id) => new dynamodb.Table(stack, id, { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } }),
    function: (stack, id, r) =>
      new lambda.Function(stack, id, {
        runtime: lambda.Runtime.NODEJS_22_X,
        handler: 'index.handler',
        code: lambda.Code.fromInline('exports.handler = async () => 1;'),
        environment: { STAGE: yes(r, 0.5) ? 'prod' : 'dev', TIMEOUT_MS: '3000' },
      }),
    logGroup: (stack, id) => new logs.LogGroup(stack, id, { retention: logs.RetentionDays.ONE_MONTH }),
    role: (stack, id, r) =>
      new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') }).addToPolicy(
        new iam.PolicyStatement({
          actions: ['kms:Decrypt', 'ssm:GetParameter'],
          resources: [yes(r, 0.3) ? '*' : `arn:aws:kms:eu-west-1:111122223333:key/${id}`],
        }),
      ),
    parameter: (stack, id) => new ssm.StringParameter(stack, id, { parameterName: `/app/prod/${id.toLowerCase()}`, stringValue: 'on' }),
    secret: (stack, id) => new secretsmanager.Secret(stack, id),
    volume: (stack, id, r) => new ec2.CfnVolume(stack, id, { availabilityZone: 'eu-west-1a', size: 20, encrypted: yes(r, 0.6) }),
    instance: (stack, id) =>
      new ec2.CfnInstance(stack, id, {
        imageId: 'ami-0123456789abcdef0',
        instanceType: 't4g.small',
        userData: cdk.Fn.base64('#!/bin/sh\necho ok\n'),
      }),
    database: (stack, id, r) =>
      new rds.CfnDBInstance(stack, id, {
        dbInstanceClass: 'db.t4g.medium',
        engine: yes(r, 0.5) ? 'postgres' : 'mysql',
        allocatedStorage: '20',
        storageEncrypted: yes(r, 0.6),
        masterUsername: 'app',
        manageMasterUserPassword: true,
      }),
    aurora: (stack, id, r) =>
      new rds.CfnDBCluster(stack, id, {
        engine: 'aurora-postgresql',
        storageEncrypted: yes(r, 0.7),
        manageMasterUserPassword: true,
        masterUsername: 'app',
      }),
    fileSystem: (stack, id, r) => new efs.CfnFileSystem(stack, id, { encrypted: yes(r, 0.6) }),
    cache: (stack, id, r) =>
      new elasticache.CfnReplicationGroup(stack, id, {
        replicationGroupDescription: id,
        atRestEncryptionEnabled: yes(r, 0.5),
        transitEncryptionEnabled: yes(r, 0.5),
      }),
    trail: (stack, id, r) =>
      new cloudtrail.CfnTrail(stack, id, {
        isLogging: true,
        s3BucketName: 'org-trails',
        enableLogFileValidation: yes(r, 0.7),
        isMultiRegionTrail: yes(r, 0.7),
      }),
    repository: (stack, id) => new ecr.Repository(stack, id),
    stream: (stack, id, r) =>
      new kinesis.Stream(stack, id, { encryption: yes(r, 0.6) ? kinesis.StreamEncryption.MANAGED : kinesis.StreamEncryption.UNENCRYPTED }),
    listener: (stack, id, r) =>
      new elb.CfnListener(stack, id, {
        loadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/0123456789abcdef',
        port: 443,
        protocol: yes(r, 0.7) ? 'HTTPS' : 'HTTP',
        sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
        defaultActions: [{ type: 'fixed-response', fixedResponseConfig: { statusCode: '404' } }],
      }),
    distribution: (stack, id, r) =>
      new cloudfront.CfnDistribution(stack, id, {
        distributionConfig: {
          enabled: true,
          defaultCacheBehavior: { targetOriginId: 'web', viewerProtocolPolicy: yes(r, 0.7) ? 'redirect-to-https' : 'allow-all' },
          origins: [
            {
              id: 'web',
              domainName: 'origin.example.com',
              customOriginConfig: { originProtocolPolicy: yes(r, 0.6) ? 'https-only' : 'http-only' },
            },
          ],
        },
      }),
    restApi: (stack, id) => new apigateway.CfnRestApi(stack, id, { name: id }),
    rule: (stack, id) => new events.Rule(stack, id, { schedule: events.Schedule.rate(cdk.Duration.hours(1)) }),
    stateMachine: (stack, id) =>
      new stepfunctions.CfnStateMachine(stack, id, {
        roleArn: 'arn:aws:iam::111122223333:role/states',
        definitionString: '{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}',
      }),
    warehouse: (stack, id, r) =>
      new redshift.CfnCluster(stack, id, {
        clusterType: 'single-node',
        dbName: 'dw',
        masterUsername: 'dw',
        nodeType: 'ra3.xlplus',
        manageMasterPassword: true,
        encrypted: yes(r, 0.7),
      }),
    search: (stack, id, r) =>
      new opensearch.CfnDomain(stack, id, {
        encryptionAtRestOptions: { enabled: yes(r, 0.7) },
        nodeToNodeEncryptionOptions: { enabled: yes(r, 0.7) },
        domainEndpointOptions: { enforceHttps: true },
      }),
    build: (stack, id, r) =>
      new codebuild.CfnProject(stack, id, {
        serviceRole: 'arn:aws:iam::111122223333:role/build',
        artifacts: { type: 'NO_ARTIFACTS', encryptionDisabled: yes(r, 0.2) },
        environment: { type: 'LINUX_CONTAINER', computeType: 'BUILD_GENERAL1_SMALL', image: 'aws/codebuild/standard:7.0' },
        source: { type: 'NO_SOURCE', buildSpec: 'version: 0.2' },
      }),
    cluster: (stack, id) =>
      new eks.CfnCluster(stack, id, {
        roleArn: 'arn:aws:iam::111122223333:role/eks',
        resourcesVpcConfig: { subnetIds: ['subnet-1', 'subnet-2'] },
      }),
    vault: (stack, id) => new backup.CfnBackupVault(stack, id, { backupVaultName: id }),
    kafka: (stack, id, r) =>
      new msk.CfnCluster(stack, id, {
        clusterName: id,
        kafkaVersion: '3.8.x',
        numberOfBrokerNodes: 2,
        brokerNodeGroupInfo: { clientSubnets: ['subnet-1', 'subnet-2'], instanceType: 'kafka.m7g.large' },
        encryptionInfo: { encryptionInTransit: { clientBroker: yes(r, 0.6) ? 'TLS' : 'TLS_PLAINTEXT', inCluster: true } },
      }),
    documents: (stack, id, r) =>
      new docdb.CfnDBCluster(stack, id, { storageEncrypted: yes(r, 0.7), masterUsername: 'app', manageMasterUserPassword: true }),
    graph: (stack, id, r) => new neptune.CfnDBCluster(stack, id, { storageEncrypted: yes(r, 0.7) }),
    accelerator: (stack, id, r) =>
      new dax.CfnCluster(stack, id, {
        iamRoleArn: 'arn:aws:iam::111122223333:role/dax',
        nodeType: 'dax.r5.large',
        replicationFactor: 2,
        sseSpecification: { sseEnabled: yes(r, 0.6) },
      }),
    workgroup: (stack, id) =>
      new athena.CfnWorkGroup(stack, id, {
        name: id,
        workGroupConfiguration: { resultConfiguration: { outputLocation: 's3://results/' } },
      }),
    job: (stack, id) =>
      new glue.CfnJob(stack, id, {
        role: 'arn:aws:iam::111122223333:role/glue',
        command: { name: 'glueetl', scriptLocation: 's3://scripts/a.py' },
      }),
    tuned: (stack, id) => {
      // Parameters and conditions, which the CDK's own constructs seldom make.
      const environment = new cdk.CfnParameter(stack, `${id}Env`, { allowedValues: ['dev', 'prod'], default: 'dev' });
      const prod = new cdk.CfnCondition(stack, `${id}IsProd`, { expression: cdk.Fn.conditionEquals(environment.valueAsString, 'prod') });
      new rds.CfnDBInstance(stack, id, {
        dbInstanceClass: 'db.t4g.medium',
        engine: 'postgres',
        allocatedStorage: '20',
        storageEncrypted: cdk.Fn.conditionIf(prod.logicalId, true, false),
        masterUsername: 'app',
        manageMasterUserPassword: true,
      });
    },
  };
}

const SERVICES = {
  kms: 'aws-kms',
  s3: 'aws-s3',
  sqs: 'aws-sqs',
  sns: 'aws-sns',
  dynamodb: 'aws-dynamodb',
  lambda: 'aws-lambda',
  logs: 'aws-logs',
  iam: 'aws-iam',
  ssm: 'aws-ssm',
  secretsmanager: 'aws-secretsmanager',
  ec2: 'aws-ec2',
  rds: 'aws-rds',
  efs: 'aws-efs',
  elasticache: 'aws-elasticache',
  cloudtrail: 'aws-cloudtrail',
  ecr: 'aws-ecr',
  kinesis: 'aws-kinesis',
  elb: 'aws-elasticloadbalancingv2',
  cloudfront: 'aws-cloudfront',
  apigateway: 'aws-apigateway',
  events: 'aws-events',
  stepfunctions: 'aws-stepfunctions',
  redshift: 'aws-redshift',
  opensearch: 'aws-opensearchservice',
  codebuild: 'aws-codebuild',
  eks: 'aws-eks',
  backup: 'aws-backup',
  msk: 'aws-msk',
  docdb: 'aws-docdb',
  neptune: 'aws-neptune',
  dax: 'aws-dax',
  athena: 'aws-athena',
  glue: 'aws-glue',
};

/** A template as YAML with `!Ref` and its like, as people write them. */
export function asYaml(template) {
  const doc = new Document(template);
  visit(doc, {
    Map(_, node) {
      const pair = node.items.length === 1 ? node.items[0] : undefined;
      const name = pair?.key?.value;
      if (name !== 'Ref' && !String(name).startsWith('Fn::')) return undefined;
      if (name === 'Fn::Transform' || name === 'Fn::ForEach') return undefined;
      const short = `!${String(name).replace('Fn::', '')}`;
      const value = pair.value;
      if (name === 'Fn::GetAtt') {
        const dotted = new Scalar(value.items.map((item) => item.value).join('.'));
        dotted.tag = short;
        return dotted;
      }
      if (value.tag !== undefined) return undefined;
      value.tag = short;
      return value;
    },
  });
  return doc.toString({ lineWidth: 120 });
}

/** Writes `count` templates into `folder`; returns how many distinct sets of resource types they have. */
export async function writeCorpus(folder, count, seed = 1) {
  const { cdk, service } = await loadCdk();
  const lib = Object.fromEntries(await Promise.all(Object.entries(SERVICES).map(async ([name, from]) => [name, await service(from)])));
  const all = Object.entries(recipes(cdk, lib));
  const random = seeded(seed);
  mkdirSync(folder, { recursive: true });
  const sets = new Set();
  for (let done = 0; done < count; ) {
    const batch = Math.min(100, count - done);
    const outdir = mkdtempSync(join(tmpdir(), 'keyward-corpus-'));
    const app = new cdk.App({
      outdir,
      analyticsReporting: false,
      treeMetadata: false,
      context: { 'aws:cdk:disable-stack-trace': true, 'aws:cdk:enable-path-metadata': true },
    });
    for (let i = 0; i < batch; i += 1) {
      const stack = new cdk.Stack(app, `Stack${done + i}`, { synthesizer: new cdk.LegacyStackSynthesizer() });
      const size = 3 + Math.floor(random() * random() * 28);
      for (let n = 0; n < size; n += 1) {
        const [name, add] = all[Math.floor(random() * all.length)];
        add(stack, `${name[0].toUpperCase()}${name.slice(1)}${n}`, random);
      }
    }
    // The CDK's own validation prints pages on stderr; here the templates are all that is wanted.
    const { write } = process.stderr;
    process.stderr.write = () => true;
    app.synth({ validateOnSynthesis: false });
    process.stderr.write = write;
    for (let i = 0; i < batch; i += 1) {
      const text = readFileSync(join(outdir, `Stack${done + i}.template.json`), 'utf8');
      const template = JSON.parse(text);
      sets.add([...new Set(Object.values(template.Resources).map((resource) => resource.Type))].sort().join());
      const number = String(done + i).padStart(5, '0');
      if ((done + i) % 3 === 0) writeFileSync(join(folder, `stack-${number}.yaml`), asYaml(template));
      else writeFileSync(join(folder, `stack-${number}.template.json`), text);
    }
    rmSync(outdir, { recursive: true, force: true });
    done += batch;
  }
  return sets.size;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, count = '1000', seed = '1'] = process.argv.slice(2);
  if (folder === undefined) {
    console.error('usage: node bench/corpus.mjs FOLDER [COUNT] [SEED]');
    process.exit(2);
  }
  const sets = await writeCorpus(folder, Number(count), Number(seed));
  console.log(`${count} templates in ${folder}, ${sets} distinct sets of resource types`);
}
